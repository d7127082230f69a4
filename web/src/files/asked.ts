/**
 * The question behind a view in forms that others can use: as GraphQL, and as a curl command.
 */

/** A document with its variables. */
export interface Asked {
  readonly document: { toString(): string };
  readonly variables: unknown;
}

/** The document with its variables as a comment, to be pasted into any GraphQL client. */
export function toGraphqlText({ document, variables }: Asked): string {
  return `# variables: ${JSON.stringify(variables)}\n${document.toString().trim()}\n`;
}

/** A shell command that asks the same. */
export function toCurl({ document, variables }: Asked, url: string): string {
  const query = document.toString().trim().replace(/\s+/g, " ");
  const body = JSON.stringify({ query, variables });
  return `curl -s '${url}' -H 'content-type: application/json' -d '${body.replaceAll("'", "'\\''")}'`;
}
