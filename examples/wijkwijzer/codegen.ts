import type { CodegenConfig } from '@graphql-codegen/cli';

// The types of every query below come from the schema, so that a typing error in a field is found before a visitor finds it.
// A site of your own reads it from the service: schema: 'https://…/schema.graphql'.
const config: CodegenConfig = {
  schema: process.env.NOABER_SCHEMA ?? '../../schema/schema.graphql',
  documents: 'src/**/*.ts',
  generates: {
    'src/gql/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        strictScalars: true,
        scalars: {
          Date: 'string', DateTime: 'string', PartialDate: 'string', LocalTime: 'string', URL: 'string', GeoJSON: 'object',
        },
      },
    },
  },
};

export default config;
