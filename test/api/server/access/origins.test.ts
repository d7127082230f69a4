/**
 * Which web pages may call the server.
 */
import { describe, expect, it } from "vitest";
import { Origins } from "../../../../src/api/server/access/origins.js";

const local = new Origins("localhost", ["https://lab.example.org"]);
const open = new Origins("0.0.0.0", ["https://lab.example.org"]);
const allows = (origins: Origins, origin: string | undefined, host: string) => {
  try {
    origins.check(origin, host);
    return true;
  } catch {
    return false;
  }
};

describe("origins", () => {
  it.each([
    [undefined, "localhost:4000", true, true],
    ["http://localhost:4000", "localhost:4000", true, true],
    ["http://localhost:5173", "localhost:4000", false, false],
    ["https://lab.example.org", "localhost:4000", true, true],
    ["http://lab.example.org", "localhost:4000", false, false],
    ["https://lab.example.org.evil.org", "localhost:4000", false, false],
    ["null", "localhost:4000", false, false],
    ["", "localhost:4000", false, false],
    // A name that a page gives to this machine: the origin is the host's, and both are foreign.
    ["http://evil.org:4000", "evil.org:4000", false, true],
    [undefined, "evil.org:4000", false, true],
    [undefined, "lab.example.org", true, true],
    [undefined, "[::1]:4000", true, true],
    [undefined, "127.0.0.1.evil.org", false, true],
  ])("%s to %s", (origin, host, locally, openly) => {
    expect([allows(local, origin, host), allows(open, origin, host)]).toEqual([locally, openly]);
  });
});
