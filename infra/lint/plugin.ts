// oxlint's own no-restricted-imports sees only the text of an import, not the file that it leads to.
import { relative } from 'node:path';
import { judgeImport } from './layers.ts';

interface Node {
  source?: { value?: unknown } | null;
}
interface Context {
  readonly filename: string;
  readonly cwd: string;
  report(problem: { message: string; node: Node }): void;
}

/** `brigade/dependency-direction`: every static or dynamic import and re-export is judged by the table in layers.ts. */
const dependencyDirection = {
  create(context: Context) {
    const file = relative(context.cwd, context.filename).replaceAll('\\', '/');
    const judge = (node: Node) => {
      const specifier = node.source?.value;
      if (typeof specifier !== 'string') return;
      const message = judgeImport(file, specifier);
      if (message) context.report({ message, node });
    };
    return {
      ImportDeclaration: judge,
      ImportExpression: judge,
      ExportNamedDeclaration: judge,
      ExportAllDeclaration: judge,
      TSImportType: judge,
    };
  },
};

export default { meta: { name: 'brigade' }, rules: { 'dependency-direction': dependencyDirection } };
