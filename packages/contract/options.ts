import { getOption, hasOption, type AnyDesc, type FileRegistry, type Message } from '@bufbuild/protobuf';
import { reflect } from '@bufbuild/protobuf/reflect';

/** Values of one of grout's message-typed options; a field that is not set reads as its zero value. */
interface OptionValues {
  flag(field: string): boolean;
  number(field: string): number;
  text(field: string): string;
}

/**
 * Reads the options of `grout/v1/options.proto` through the descriptors that the image itself carries. An option that
 * the declaration does not set, or a contract that does not import the options, reads as undefined.
 */
export interface OptionReader {
  /** A message-typed option such as `service`. */
  values(declaration: AnyDesc, option: string): OptionValues | undefined;
  /** A scalar option such as `errors`. */
  scalar(declaration: AnyDesc, option: string): unknown;
}

function readValues(message: Message, registry: FileRegistry): OptionValues | undefined {
  const schema = registry.getMessage(message.$typeName);
  if (schema === undefined) return undefined;
  const reflected = reflect(schema, message);
  const read = (name: string): unknown => {
    const field = schema.fields.find((candidate) => candidate.name === name);
    return field === undefined ? undefined : reflected.get(field);
  };
  return {
    flag: (field) => read(field) === true,
    number: (field) => Number(read(field) ?? 0),
    text: (field) => {
      const value = read(field);
      return typeof value === 'string' ? value : '';
    },
  };
}

/** Makes the reader for one image. */
export function optionReader(registry: FileRegistry): OptionReader {
  const scalar = (declaration: AnyDesc, option: string): unknown => {
    const extension = registry.getExtension(`grout.v1.${option}`);
    if (extension === undefined || !hasOption(declaration, extension)) return undefined;
    return getOption(declaration, extension);
  };
  return {
    scalar,
    values: (declaration, option) => {
      const value = scalar(declaration, option);
      return isMessage(value) ? readValues(value, registry) : undefined;
    },
  };
}

function isMessage(value: unknown): value is Message {
  return typeof value === 'object' && value !== null && '$typeName' in value;
}
