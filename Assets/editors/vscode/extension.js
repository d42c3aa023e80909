// The extension for VS Code: starts `rse lsp`, hands it what is asked, and offers tasks. It needs no other package.

const childProcess = require('node:child_process');
const path = require('node:path');
const vscode = require('vscode');

const languages = ['rsenb', 'rse'];

/** Talks with a language server: requests, notifications, and what comes back. */
class Connection {
  constructor(command, onNotification, onEnd) {
    this.pending = new Map();
    this.lastId = 0;
    this.bytes = Buffer.alloc(0);
    this.onNotification = onNotification;
    this.process = childProcess.spawn(command, ['lsp'], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.process.stdout.on('data', (data) => this.receive(data));
    this.process.stdin.on('error', () => {});
    this.process.on('error', (error) => this.end(error, onEnd));
    this.process.on('exit', (status) => this.end(new Error(`rse lsp has ended: ${status}`), onEnd));
  }

  end(error, onEnd) {
    if (this.hasEnded) return;
    this.hasEnded = true;
    for (const { reject } of this.pending.values()) reject(error);
    this.pending.clear();
    onEnd(error);
  }

  send(message) {
    if (this.hasEnded) return;
    const content = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
    this.process.stdin.write(`Content-Length: ${content.length}\r\n\r\n`);
    this.process.stdin.write(content);
  }

  notify(method, params) {
    this.send({ method, params });
  }

  request(method, params, cancellation) {
    if (this.hasEnded) return Promise.resolve(null);
    const id = ++this.lastId;
    cancellation?.onCancellationRequested(() => this.notify('$/cancelRequest', { id }));
    return new Promise((resolve, reject) => {
      this.pending.set(id, { resolve, reject });
      this.send({ id, method, params });
    }).catch(() => null);
  }

  receive(data) {
    this.bytes = Buffer.concat([this.bytes, data]);
    for (;;) {
      const end = this.bytes.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(this.bytes.toString('latin1', 0, end))?.[1]);
      if (this.bytes.length < end + 4 + length) return;
      const content = this.bytes.toString('utf8', end + 4, end + 4 + length);
      this.bytes = this.bytes.subarray(end + 4 + length);
      this.take(JSON.parse(content));
    }
  }

  take(message) {
    if (message.method) {
      this.onNotification(message.method, message.params);
      return;
    }
    const waiting = this.pending.get(message.id);
    this.pending.delete(message.id);
    if (message.error) waiting?.reject(new Error(message.error.message));
    else waiting?.resolve(message.result);
  }
}

const isOurs = (document) => languages.includes(document.languageId);
const uriOf = (document) => ({ uri: document.uri.toString() });
const plain = ({ line, character }) => ({ line, character });
const position = (place) => new vscode.Position(place.line, place.character);
const range = ({ start, end }) => new vscode.Range(position(start), position(end));
const markdown = (content) => new vscode.MarkdownString(content.value);
const edit = (change) => new vscode.TextEdit(range(change.range), change.newText);

// The protocol counts kinds from 1, VS Code from 0.
const completionItem = (item) => {
  const result = new vscode.CompletionItem(item.label, item.kind - 1);
  result.detail = item.detail;
  result.sortText = item.sortText;
  result.filterText = item.filterText;
  result.insertText = item.textEdit.newText;
  result.range = range(item.textEdit.range);
  return result;
};

const symbol = (item) => {
  const result = new vscode.DocumentSymbol(
    item.name,
    item.detail ?? '',
    item.kind - 1,
    range(item.range),
    range(item.selectionRange),
  );
  result.children = item.children.map(symbol);
  return result;
};

const signatureHelp = (help) => {
  const result = new vscode.SignatureHelp();
  result.activeSignature = help.activeSignature;
  result.activeParameter = help.activeParameter;
  result.signatures = help.signatures.map((item) => {
    const signature = new vscode.SignatureInformation(item.label, markdown(item.documentation));
    signature.parameters = item.parameters.map(
      ({ label, documentation }) =>
        new vscode.ParameterInformation(label, documentation && markdown(documentation)),
    );
    return signature;
  });
  return result;
};

/** Registers what the server can do. */
function registerFeatures(context, connection, capabilities) {
  const ask = async (method, document, params, cancellation, convert) => {
    const all = { textDocument: uriOf(document), ...params };
    const result = await connection.request(`textDocument/${method}`, all, cancellation);
    return result ? convert(result) : undefined;
  };
  const { legend } = capabilities.semanticTokensProvider;
  const register = vscode.languages;
  context.subscriptions.push(
    register.registerCompletionItemProvider(
      languages,
      {
        provideCompletionItems: (document, place, cancellation) =>
          ask('completion', document, { position: place }, cancellation, (list) =>
            list.items.map(completionItem),
          ),
      },
      ...capabilities.completionProvider.triggerCharacters,
    ),
    register.registerHoverProvider(languages, {
      provideHover: (document, place, cancellation) =>
        ask('hover', document, { position: place }, cancellation, (hover) =>
          new vscode.Hover(markdown(hover.contents)),
        ),
    }),
    register.registerSignatureHelpProvider(
      languages,
      {
        provideSignatureHelp: (document, place, cancellation) =>
          ask('signatureHelp', document, { position: place }, cancellation, signatureHelp),
      },
      ...capabilities.signatureHelpProvider.triggerCharacters,
    ),
    register.registerDefinitionProvider(languages, {
      provideDefinition: (document, place, cancellation) =>
        ask('definition', document, { position: place }, cancellation, (location) =>
          new vscode.Location(vscode.Uri.parse(location.uri), range(location.range)),
        ),
    }),
    register.registerDocumentSymbolProvider(languages, {
      provideDocumentSymbols: (document, cancellation) =>
        ask('documentSymbol', document, {}, cancellation, (items) => items.map(symbol)),
    }),
    register.registerDocumentFormattingEditProvider(languages, {
      provideDocumentFormattingEdits: (document, options, cancellation) =>
        ask('formatting', document, { options }, cancellation, (edits) => edits.map(edit)),
    }),
    register.registerDocumentSemanticTokensProvider(
      languages,
      {
        provideDocumentSemanticTokens: (document, cancellation) =>
          ask('semanticTokens/full', document, {}, cancellation, (tokens) =>
            new vscode.SemanticTokens(new Uint32Array(tokens.data)),
          ),
      },
      new vscode.SemanticTokensLegend(legend.tokenTypes, legend.tokenModifiers),
    ),
  );
}

/** Tells the server of the documents that are open, and what changes in them. */
function followDocuments(context, connection) {
  const open = (document) => {
    if (!isOurs(document)) return;
    connection.notify('textDocument/didOpen', {
      textDocument: {
        ...uriOf(document),
        languageId: document.languageId,
        version: document.version,
        text: document.getText(),
      },
    });
  };
  context.subscriptions.push(
    vscode.workspace.onDidOpenTextDocument(open),
    vscode.workspace.onDidCloseTextDocument((document) => {
      if (isOurs(document)) {
        connection.notify('textDocument/didClose', { textDocument: uriOf(document) });
      }
    }),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (!isOurs(document) || contentChanges.length === 0) return;
      connection.notify('textDocument/didChange', {
        textDocument: { ...uriOf(document), version: document.version },
        contentChanges: contentChanges.map((change) => ({
          range: { start: plain(change.range.start), end: plain(change.range.end) },
          text: change.text,
        })),
      });
    }),
  );
  vscode.workspace.textDocuments.forEach(open);
}

async function startServer(context, program) {
  const diagnostics = vscode.languages.createDiagnosticCollection('rse');
  context.subscriptions.push(diagnostics);
  const connection = new Connection(
    program,
    (method, params) => {
      if (method !== 'textDocument/publishDiagnostics') return;
      const items = params.diagnostics.map((item) => {
        const diagnostic = new vscode.Diagnostic(range(item.range), item.message, item.severity - 1);
        diagnostic.source = item.source;
        return diagnostic;
      });
      diagnostics.set(vscode.Uri.parse(params.uri), items);
    },
    (error) => {
      diagnostics.clear();
      if (!context.isLeaving) {
        vscode.window.showWarningMessage(`${error.message}. Is rse on your PATH, or in rse.path?`);
      }
    },
  );
  context.subscriptions.push({
    dispose: () => {
      context.isLeaving = true;
      connection.request('shutdown').then(() => connection.notify('exit'));
    },
  });
  const result = await connection.request('initialize', {
    processId: process.pid,
    capabilities: { general: { positionEncodings: ['utf-16'] } },
  });
  if (!result) return;
  connection.notify('initialized', {});
  registerFeatures(context, connection, result.capabilities);
  followDocuments(context, connection);
}

function task(program, action, file) {
  const result = new vscode.Task(
    { type: 'rse', action, file },
    vscode.TaskScope.Workspace,
    `${action} ${path.basename(file)}`,
    'rse',
    new vscode.ProcessExecution(program, [action, file], { cwd: path.dirname(file) }),
  );
  if (action === 'replay') result.group = vscode.TaskGroup.Test;
  return result;
}

function activate(context) {
  const program = vscode.workspace.getConfiguration('rse').get('path') || 'rse';
  const ours = () => {
    const document = vscode.window.activeTextEditor?.document;
    return document && isOurs(document) ? document : undefined;
  };
  for (const action of ['replay', 'record', 'run']) {
    context.subscriptions.push(
      vscode.commands.registerCommand(`rse.${action}`, async () => {
        const document = ours();
        if (!document) return;
        await document.save();
        await vscode.tasks.executeTask(task(program, action, document.fileName));
      }),
    );
  }
  context.subscriptions.push(
    vscode.tasks.registerTaskProvider('rse', {
      provideTasks: () => {
        const document = ours();
        if (!document) return [];
        const actions = document.languageId === 'rsenb' ? ['replay', 'record', 'run'] : ['run'];
        return actions.map((action) => task(program, action, document.fileName));
      },
      resolveTask: ({ definition }) =>
        Object.assign(task(program, definition.action, definition.file), { definition }),
    }),
  );
  return startServer(context, program);
}

module.exports = { activate };
