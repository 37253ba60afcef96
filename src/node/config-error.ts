/** Something that a person wrote cannot be: the message says what, why and where. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}
