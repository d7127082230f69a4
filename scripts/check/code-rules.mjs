/**
 * What neither the compiler nor Biome checks of the sources, `npm run check:code`:
 * an export that nothing else uses; an export that says nothing of itself; an error of another class than ours; a
 * function of more than 50 lines, a file of more than 300; a folder of more than 25 files.
 * What only tests use has to be what they are about: its own file uses it too, or the test lies beside it.
 */
import { readdirSync } from "node:fs";
import { dirname, relative, sep } from "node:path";
import ts from "typescript";

const MOST_FUNCTION_LINES = 50;
const MOST_FILE_LINES = 300;
const MOST_FILES = 25;
/** Error classes that may be made: ours, and those that a library asks for by class. */
const ERRORS = new Set(["BioWeftError", "GraphQLError", "InvalidArgumentError"]);
/** What is found by its name: commands, which main.ts loads when they are asked for, and what a thread runs. */
const FOUND_BY_NAME = /^src\/cli\/commands\/.*#command$|#default$/;

/** `web` checks the explorer, a program of its own; without a word, the rest. */
const isExplorer = process.argv[2] === "web";
const root = process.cwd();
const tsconfig = isExplorer ? "web/tsconfig.json" : "tsconfig.json";
const config = ts.getParsedCommandLineOfConfigFile(tsconfig, {}, ts.sys);
const program = ts.createProgram(config.fileNames, config.options);
const checker = program.getTypeChecker();
const files = program.getSourceFiles().filter((file) => !file.fileName.includes("/node_modules/"));
const pathOf = (file) => relative(root, file.fileName).split(sep).join("/");
const sources = files.filter((file) => (isExplorer ? /^web\/src\// : /^(src|ingest)\//).test(pathOf(file)));
const faults = [];

/** Notes a fault at a node. */
function fault(node, text) {
  const file = node.getSourceFile();
  const { line } = file.getLineAndCharacterOfPosition(node.getStart());
  faults.push(`${pathOf(file)}:${line + 1} ${text}`);
}

checkExports();
for (const file of sources) checkFile(file);
for (const top of isExplorer ? ["web/src"] : ["src", "ingest", "test", "scripts"]) checkFolders(top);
for (const line of faults.sort()) console.log(line);
console.error(
  faults.length === 0
    ? `code rules: ${sources.length} files keep them`
    : `code rules: ${faults.length} faults`,
);
process.exitCode = faults.length === 0 ? 0 : 1;

/** Exports are used by another file, and say what they are. */
function checkExports() {
  const users = usersOfSymbols();
  for (const file of sources) {
    const module = checker.getSymbolAtLocation(file);
    for (const symbol of module === undefined ? [] : checker.getExportsOfModule(module)) {
      const declaration = symbol.declarations?.[0];
      // A library's name passed on is not ours to describe.
      if (declaration === undefined || declaration.getSourceFile() !== file) continue;
      if (ts.isExportSpecifier(declaration)) continue;
      if (!isDocumented(symbol, declaration))
        fault(declaration, `${symbol.name} is exported and not described`);
      const path = pathOf(file);
      if (FOUND_BY_NAME.test(`${path}#${symbol.name}`)) continue;
      const uses = users.get(symbol) ?? new Map();
      const others = [...uses.keys()].filter((user) => user !== path);
      // Named once here: where it is declared.
      const ownUse = (uses.get(path) ?? 0) > 1;
      if (others.length === 0) fault(declaration, `${symbol.name} is exported, and no other file uses it`);
      else if (!ownUse && !others.some((user) => isUse(user, path))) {
        fault(declaration, `${symbol.name} is used by tests alone, as in ${others[0]}`);
      }
    }
  }
}

/** Whether a file's naming an export of another makes it used: not in a test of something else. */
function isUse(user, path) {
  return !user.startsWith("test/") || dirname(user) === `test/${dirname(path).replace(/^src\//, "")}`;
}

/** How often each file names a symbol. */
function usersOfSymbols() {
  const users = new Map();
  for (const file of files) {
    const path = pathOf(file);
    const visit = (node) => {
      if (ts.isIdentifier(node)) {
        for (const symbol of symbolsAt(node)) {
          const known = users.get(symbol) ?? new Map();
          users.set(symbol, known.set(path, (known.get(path) ?? 0) + 1));
        }
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
  }
  return users;
}

/** What an identifier names: through imports, shorthand properties, and modules that are taken apart when loaded. */
function symbolsAt(node) {
  const found = [checker.getSymbolAtLocation(node)];
  if (ts.isShorthandPropertyAssignment(node.parent)) {
    found.push(checker.getShorthandAssignmentValueSymbol(node.parent));
  }
  if (ts.isBindingElement(node.parent) && ts.isObjectBindingPattern(node.parent.parent)) {
    const name = (node.parent.propertyName ?? node.parent.name).getText();
    found.push(checker.getTypeAtLocation(node.parent.parent).getProperty(name));
  }
  return found
    .filter((symbol) => symbol !== undefined)
    .map((symbol) => (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol));
}

/** A type that only lists a constant's values is said by the constant; what GraphQL describes, by its description. */
function isDocumented(symbol, declaration) {
  if (ts.displayPartsToString(symbol.getDocumentationComment(checker)).trim() !== "") return true;
  if (ts.isBindingElement(declaration))
    return ts.getJSDocCommentsAndTags(declaration.parent.parent.parent.parent).length > 0;
  if (ts.isTypeAliasDeclaration(declaration)) return /^\(?typeof \w+/.test(declaration.type.getText());
  const decorators = ts.canHaveDecorators(declaration) ? (ts.getDecorators(declaration) ?? []) : [];
  return decorators.some((decorator) => /\bdescription:/.test(decorator.getText()));
}

function checkFile(file) {
  const lines = file.getLineAndCharacterOfPosition(file.end).line;
  if (lines > MOST_FILE_LINES)
    fault(file.statements[0], `the file has ${lines} lines, more than ${MOST_FILE_LINES}`);
  const visit = (node) => {
    if (ts.isFunctionLike(node) && "body" in node && node.body !== undefined) checkLength(node);
    if (ts.isNewExpression(node) && /Error$/.test(node.expression.getText())) {
      const name = node.expression.getText();
      if (!ERRORS.has(name)) fault(node, `makes a ${name}; a BioWeftError says what, where and the cure`);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
}

function checkLength(node) {
  const line = (position) => node.getSourceFile().getLineAndCharacterOfPosition(position).line;
  const lines = line(node.end) - line(node.getStart()) + 1;
  if (lines > MOST_FUNCTION_LINES)
    fault(node, `the function has ${lines} lines, more than ${MOST_FUNCTION_LINES}`);
}

function checkFolders(folder) {
  const entries = readdirSync(folder, { withFileTypes: true });
  const count = entries.filter((entry) => entry.isFile()).length;
  if (count > MOST_FILES) faults.push(`${folder} has ${count} files, more than ${MOST_FILES}`);
  for (const entry of entries) {
    if (entry.isDirectory() && entry.name !== "fixtures") checkFolders(`${folder}/${entry.name}`);
  }
}
