/** The bus worker's entry. */
export {};
