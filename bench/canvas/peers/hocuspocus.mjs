// Hocuspocus as its manual starts it, all in memory; with a file's name, its SQLite store beside it.
import { Server } from "@hocuspocus/server";

const [port, file] = process.argv.slice(2);
const extensions = [];
if (file) {
  const { SQLite } = await import("@hocuspocus/extension-sqlite");
  extensions.push(new SQLite({ database: file }));
}
const server = new Server({ address: "127.0.0.1", port: Number(port), quiet: true, extensions });
await server.listen();
