// Loaded before a program: the calendar is set to and fro by a day, every time that it is looked at.
const day = 86_400_000;
const { now } = Date;
let looks = 0;
Date.now = () => now() + (looks++ % 3) * day - day;
