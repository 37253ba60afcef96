/**
 * The admin server of one member: commands over HTTP, JSON back. It is off unless it is asked for,
 * and is then on this machine only unless told otherwise.
 *
 * Source: server.admin.JettyAdminServer (3.9). Differs: there is no TLS.
 */
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { AdminFacts } from '../core/admin/admin-facts.ts';
import { adminCommandNames, RESTORE, runAdminCommand } from '../core/admin/commands.ts';
import type { AdminAnswer, AdminRequest, Query } from '../core/admin/commands.ts';
import { jsonText } from '../core/admin/json-text.ts';
import type { LogLevel, ServerEvent } from '../core/quorum/peer-io.ts';
import type { Server } from '../core/server.ts';
import { AdminFiles, type FileAnswer } from './admin-files.ts';
import type { AdminSettings } from './admin-settings.ts';
import { plainAddress } from './client-port.ts';
import type { DiskPlace } from './disk-files.ts';
import { listen } from './listen.ts';

export interface AdminServerOptions {
  readonly settings: AdminSettings;
  readonly facts: AdminFacts;
  readonly place: DiskPlace;
  /** jute.maxbuffer, in bytes. */
  readonly maxBuffer: number;
  readonly deliver: (inbound: ServerEvent | ((server: Server) => void)) => void;
  /** When the disk has done everything that it was asked to do. */
  readonly settled: () => Promise<void>;
  readonly log: (level: LogLevel, logger: string, message: string) => void;
}

const LOGGER = 'JettyAdminServer';

/** Bytes of a snapshot that is to be restored. */
const LARGEST_BODY = 1024 * 1024 * 1024;

const METHODS = ['GET', 'HEAD', 'POST', 'OPTIONS'];

export class AdminServer {
  readonly #options: AdminServerOptions;
  readonly #http: HttpServer;
  readonly #files: AdminFiles;

  constructor(options: AdminServerOptions) {
    this.#options = options;
    const look = this.#look.bind(this);
    this.#files = new AdminFiles({ ...options, look });
    this.#http = createHttpServer((request, response) => {
      this.#serve(request, response).catch((error: unknown) => {
        this.#onFailure(response, error);
      });
    });
    this.#http.setTimeout(options.settings.idleTimeout);
  }

  /** @returns the port. Rejects where it is taken. */
  async listen(): Promise<number> {
    const { host, commandUrl } = this.#options.settings;
    const port = await listen(this.#http, host, this.#options.settings.port);
    const where = `address ${host}, port ${String(port)} and command URL ${commandUrl}`;
    this.#options.log('INFO', LOGGER, `Started AdminServer on ${where}`);
    return port;
  }

  /** Whatever it is about to answer. */
  async close(): Promise<void> {
    if (!this.#http.listening) return;
    const closed = new Promise<void>((resolve) => {
      this.#http.close(() => {
        resolve();
      });
    });
    this.#http.closeAllConnections();
    await closed;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method ?? '';
    const url = new URL(request.url ?? '/', 'http://localhost');
    const name = this.#commandIn(url.pathname);
    if (method === 'TRACE') sendText(response, 403, 'Forbidden');
    else if (name === null) sendText(response, 404, 'Not Found');
    else if (!METHODS.includes(method)) {
      sendText(response, 405, `HTTP method ${method} is not supported by this URL`);
    } else if (method === 'OPTIONS') {
      response.setHeader('Allow', METHODS.join(', '));
      sendText(response, 200, '');
    } else if (name === '') this.#sendLinks(response);
    else {
      await this.#runCommand(request, response, {
        name,
        method: method === 'POST' ? 'POST' : 'GET',
        query: method === 'POST' ? new Map() : firstOfEach(url.searchParams),
        authorization: request.headers.authorization ?? null,
        address: plainAddress(request.socket.remoteAddress ?? ''),
      });
    }
    request.resume(); // What is left of a body that nobody wanted.
  }

  /** Empty for the list of commands; null where the path is no command's. */
  #commandIn(path: string): string | null {
    const { commandUrl } = this.#options.settings;
    if (path === commandUrl) return '';
    if (!path.startsWith(`${commandUrl}/`)) return null;
    const name = path.slice(commandUrl.length + 1);
    try {
      return decodeURIComponent(name);
    } catch {
      return name;
    }
  }

  async #runCommand(
    request: IncomingMessage,
    response: ServerResponse,
    command: AdminRequest,
  ): Promise<void> {
    const { facts } = this.#options;
    const result = await this.#look((server) => runAdminCommand(server, command, facts));
    if ('status' in result) sendJson(response, result);
    else if (result === RESTORE) {
      sendJson(response, await this.#files.restore(() => bodyOf(request)));
    } else {
      await sendFile(request, response, await this.#files.snapshot(command.query));
    }
  }

  #sendLinks(response: ServerResponse): void {
    const { commandUrl } = this.#options.settings;
    const lines = adminCommandNames().map((name) => {
      return `<a href="${commandUrl}/${name}">${name}</a>\n<br/>\n`;
    });
    response.setHeader('Content-Type', 'text/html;charset=iso-8859-1');
    response.end(lines.join(''));
  }

  /** Between two steps of the server. What goes wrong there is not the server's own fault. */
  #look<T>(at: (server: Server) => T): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#options.deliver((server) => {
        try {
          resolve(at(server));
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      });
    });
  }

  #onFailure(response: ServerResponse, error: unknown): void {
    const what = error instanceof Error ? error.message : String(error);
    this.#options.log('WARN', LOGGER, `A request could not be answered: ${what}`);
    if (response.headersSent) response.destroy();
    else sendText(response, 500, 'Server Error');
  }
}

function firstOfEach(parameters: URLSearchParams): Query {
  const first = new Map<string, string>();
  for (const [name, value] of parameters) if (!first.has(name)) first.set(name, value);
  return first;
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.statusCode = status;
  response.setHeader('Content-Type', 'text/plain;charset=utf-8');
  response.end(text);
}

function sendJson(response: ServerResponse, { status, body }: AdminAnswer): void {
  response.statusCode = status;
  response.setHeader('Content-Type', 'application/json');
  response.end(jsonText(body));
}

async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  answer: FileAnswer,
): Promise<void> {
  for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
  const { file } = answer;
  if (file === null) {
    sendJson(response, answer);
    return;
  }
  response.setHeader('Content-Type', 'application/octet-stream');
  if (request.method === 'HEAD') {
    await file.close();
    response.end();
    return;
  }
  await pipeline(file.createReadStream(), response);
}

/** Null where it is too large. */
async function bodyOf(request: IncomingMessage): Promise<Uint8Array | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_BODY) return null;
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
