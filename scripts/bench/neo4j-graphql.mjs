/**
 * The graph of BioWeft behind `@neo4j/graphql`, for `bioweft bench api` to measure beside its own API: same Neo4j, same HTTP
 * server, same Apollo Server. Runs from the folder that has the packages, and answers at a free port, which it prints.
 *
 *   npm install --prefix FOLDER @neo4j/graphql@7.6.3 graphql@16.15.0 neo4j-driver@6.3.0 @apollo/server@5.5.1 \
 *     @as-integrations/fastify@3.1.0 fastify@5.12.8
 *
 * Arguments: FOLDER. The database's address in URI, NAME and WORD.
 */
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(join(resolve(process.argv[2] ?? "."), "package.json"));
const load = (name) => import(pathToFileURL(require.resolve(name)).href);
const { Neo4jGraphQL } = await load("@neo4j/graphql");
const neo4j = (await load("neo4j-driver")).default;
const { ApolloServer } = await load("@apollo/server");
const { fastifyApolloHandler } = await load("@as-integrations/fastify");
const fastify = (await load("fastify")).default;

// It has no search for paths: this is the statement that its users would give it. Beliefs are multiplied, as ours are; hubs cost
// nothing here.
const PATHS = `
  MATCH (a:Entity {curie: $from}), (b:Entity {curie: $to})
  MATCH p = (a)-[:ASSOCIATION|POSITIVE_CORRELATION|NEGATIVE_CORRELATION*1..3]-(b)
  WHERE all(n IN nodes(p)[1..-1] WHERE n <> a AND n <> b)
  WITH p, reduce(score = 1.0, r IN relationships(p) | score * r.belief) AS score
  ORDER BY score DESC LIMIT 10
  RETURN {score: score, curies: [n IN nodes(p) | n.curie], names: [n IN nodes(p) | n.name],
          types: [r IN relationships(p) | type(r)]} AS hit`;

const typeDefs = `
  type Entity @node @fulltext(indexes: [{ indexName: "entity_names", queryName: "searchEntities", fields: ["name"] }]) {
    curie: String!
    name: String
    type: String
    subjectOf: [Relation!]! @relationship(type: "SUBJECT", direction: IN)
    objectOf: [Relation!]! @relationship(type: "OBJECT", direction: IN)
  }
  type Relation @node {
    id: ID!
    type: String!
    belief: Float!
    papers: Int!
    lastYear: Int
    subject: [Entity!]! @relationship(type: "SUBJECT", direction: OUT)
    object: [Entity!]! @relationship(type: "OBJECT", direction: OUT)
    evidence: [Evidence!]! @relationship(type: "SUPPORTS", direction: IN)
  }
  type Evidence @node {
    id: ID!
    sentence: String
    probability: Float
    source: String
    publication: [Publication!]! @relationship(type: "FROM", direction: OUT)
  }
  type Publication @node {
    pmid: ID!
    title: String
    year: Int
  }
  type PathHit {
    score: Float!
    curies: [String!]!
    names: [String!]!
    types: [String!]!
  }
  type Query {
    paths(from: String!, to: String!): [PathHit!]! @cypher(statement: """${PATHS}""", columnName: "hit")
  }`;

const { URI = "", NAME = "", WORD = "" } = process.env;
const driver = neo4j.driver(URI, neo4j.auth.basic(NAME, WORD), { maxConnectionPoolSize: 50 });
const schema = await new Neo4jGraphQL({ typeDefs, driver }).getSchema();
const apollo = new ApolloServer({ schema });
await apollo.start();
const app = fastify();
const context = async () => ({ executionContext: driver });
app.post("/graphql", fastifyApolloHandler(apollo, { context }));
console.log(await app.listen({ port: 0, host: "127.0.0.1" }));
