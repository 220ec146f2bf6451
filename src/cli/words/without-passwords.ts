/** What may be printed of a text in which somebody wrote an address with a password, wherever it stands. */
export const withoutPasswords = (text: string): string => text.replace(/(\w+:\/\/)[^\s/]*@/g, '$1***@');
