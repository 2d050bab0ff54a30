import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as it came in. */
export interface CacheRequest {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly status: number;
}

/**
 * A server on loopback that speaks Nx's protocol for a self-hosted cache: `GET` and `PUT /v1/cache/<hash>` with a bearer
 * token. It keeps the entries in memory and remembers what it was asked.
 */
export class CacheServer {
  readonly requests: CacheRequest[] = [];
  readonly entries = new Map<string, Buffer>();

  private constructor(
    readonly server: Server,
    readonly token: string,
  ) {}

  static async start(token: string): Promise<CacheServer> {
    const server = createServer();
    const cache = new CacheServer(server, token);
    server.on('request', (request, response) => {
      void cache.#answer(request, response);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return cache;
  }

  /** What a user sets to use this server. */
  environment(token = this.token): Record<string, string> {
    const { port } = this.server.address() as AddressInfo;
    return {
      NX_SELF_HOSTED_REMOTE_CACHE_SERVER: `http://127.0.0.1:${port}`,
      NX_SELF_HOSTED_REMOTE_CACHE_ACCESS_TOKEN: token,
    };
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = '', url = '', headers } = request;
    const { status, body } = this.#decide(method, url, headers.authorization, Buffer.concat(chunks));
    this.requests.push({ method, path: url, authorization: headers.authorization, status });
    response.writeHead(status, { 'content-type': body === undefined ? 'text/plain' : 'application/octet-stream' });
    response.end(body);
  }

  #decide(
    method: string,
    path: string,
    authorization: string | undefined,
    body: Buffer,
  ): { status: number; body?: Buffer } {
    if (authorization !== `Bearer ${this.token}`) return { status: 401 };
    const hash = /^\/v1\/cache\/(\w+)$/.exec(path)?.[1];
    if (hash === undefined) return { status: 404 };
    if (method === 'PUT') {
      if (this.entries.has(hash)) return { status: 409 };
      this.entries.set(hash, body);
      return { status: 200 };
    }
    const entry = this.entries.get(hash);
    return entry === undefined ? { status: 404 } : { status: 200, body: entry };
  }
}
