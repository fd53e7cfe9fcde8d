/**
 * A second implementation of the draw, written from draw-specification.md alone: it shares no code with the program
 * that drew, and needs nothing but Node 20. "Section" in a comment means a section of that page.
 *
 *   node draw.mjs FOLDER           repeat the draw of a folder that holds plan.json, draw.json and the two CSV files,
 *                                  and, where the draw was announced, announcement.json
 *   node draw.mjs --vectors FILE   repeat a vectors file: draw-vectors.json or seed-vectors.json
 *
 * Exit code: 0 everything is equal, 1 something differs, 2 the input cannot be read.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const FILES = ["assignments.csv", "unassigned.csv"];
const ASSIGNMENTS_HEADER = "trainee_id,site_id,date,half,room,seat,group,place,exception,chance,site_chance";
const UNASSIGNED_HEADER = "trainee_id,reason";
const BYTE_ORDER_MARK = "\uFEFF";
const ZERO = Buffer.from([0]);

/** Stop with exit code 2 unless the condition holds. */
function demand(holds, message) {
  if (!holds) throw new Error(message);
}

/** SHA-256 of strings (as UTF-8) and buffers, joined. */
function sha256(...parts) {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** Compare in code point order, which is the order of UTF-8 bytes; `<` would give the order of UTF-16 units. */
function byCodePoint(left, right) {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

/** JSON with every number as a BigInt; JSON.parse alone would round whole numbers above 2^53. */
function parseJson(text) {
  const tokens = /"([^"\\]*(?:\\.[^"\\]*)*)"(\s*:)?|-?\d[\d.eE+-]*/g;
  const tagged = text.replace(tokens, (token, inner, colon) => {
    if (token[0] === '"') return colon ? token : `"s${inner}"`; // a key stays, a string gets an s, a number an n
    demand(/^(-?[1-9]\d*|0)$/.test(token), `${token} 不是整数`);
    return `"n${token}"`;
  });
  const untag = (value) => (value[0] === "n" ? BigInt(value.slice(1)) : value.slice(1));
  return JSON.parse(tagged, (_, value) => (typeof value === "string" ? untag(value) : value));
}

/** Section 1: the canonical text of a value from parseJson (JSON.stringify escapes a string as the page demands). */
function canonical(value) {
  if (typeof value === "string") return JSON.stringify(value);
  if (value === null || typeof value !== "object") return `${value}`;
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const keys = Object.keys(value).sort(byCodePoint);
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
}

/** Section 1: the digest a plan, record or announcement should have. */
function ownDigest({ digest: _, ...rest }) {
  return sha256(canonical(rest)).toString("hex");
}

/** Section 3. @returns {(n: bigint) => bigint} below(n) */
function diceOf(tag, key) {
  const space = 2n ** 256n;
  let blocks = 0n;
  const nextNumber = () => {
    const block = Buffer.alloc(8);
    block.writeBigUInt64BE(blocks++);
    return BigInt(`0x${sha256(tag, ZERO, key, ZERO, block).toString("hex")}`);
  };
  return (n) => {
    let number = nextNumber();
    while (number >= space - (space % n)) number = nextNumber();
    return number % n;
  };
}

/** Section 4: the arcs in order, the cells first. Nodes become numbers. */
function buildFlow({ groups, sessions }) {
  const [arcs, sums, numbers] = [[], new Map(), new Map()];
  const node = (...name) => {
    const text = name.join("\u0000");
    if (!numbers.has(text)) numbers.set(text, numbers.size);
    return numbers.get(text);
  };
  const addArc = (tail, head, carried) => arcs[arcs.push({ tail, head, carried }) - 1];
  const sink = node("sink");
  const cells = groups.flatMap(({ part, item, cells }, g) =>
    cells.map(({ session, count }) => {
      const { site_id, date } = sessions[session];
      const [seats, day] = [node("seats", session), node("day", site_id, date)];
      const places = part === "theory" ? null : node("places", session, item);
      return { count, group: node("group", g), site: node("site", g, site_id), places, seats, day };
    }),
  );
  for (const { site, places, seats, count } of cells) addArc(site, places ?? seats, count);
  for (const [g, { unplaced }] of groups.entries()) if (unplaced > 0n) addArc(node("group", g), sink, unplaced);
  for (const { count, group, site, places, seats, day } of cells) {
    const ends = [[group, site], [seats, day], [day, sink]];
    if (places !== null) ends.push([places, seats]);
    for (const [tail, head] of ends) {
      const name = `${tail} ${head}`;
      if (!sums.has(name)) sums.set(name, addArc(tail, head, 0n));
      sums.get(name).carried += count;
    }
  }
  return { arcs, nodeCount: numbers.size };
}

/** Section 5: make every arc carry a multiple of `unit`. What is whole stays whole: cycles are of fractional arcs. */
function roundFlow({ arcs, nodeCount }, unit, below) {
  const isFractional = ({ carried }) => carried % unit !== 0n;
  const fractionalAt = Array.from({ length: nodeCount }, () => new Set()); // a Set keeps the order of insertion
  for (const arc of arcs.filter(isFractional)) for (const end of [arc.tail, arc.head]) fractionalAt[end].add(arc);
  const lowestBut = (walked, here) => {
    for (const arc of fractionalAt[here]) if (arc !== walked) return arc;
    throw new Error("计划不成立：流量不平衡");
  };
  /** Step 1. */
  const findCycle = (lowest) => {
    const walk = [{ arc: lowest, along: true }];
    const visited = new Map([[lowest.tail, 0]]); // node -> number of steps before its first visit
    let here = lowest.head;
    while (!visited.has(here)) {
      visited.set(here, walk.length);
      const arc = lowestBut(walk.at(-1).arc, here);
      const along = arc.tail === here;
      walk.push({ arc, along });
      here = along ? arc.head : arc.tail;
    }
    return walk.slice(visited.get(here));
  };
  for (const lowest of arcs) {
    while (isFractional(lowest)) {
      const cycle = findCycle(lowest);
      let [up, down] = [unit, unit];
      for (const { arc, along } of cycle) {
        const excess = arc.carried % unit;
        const [rise, fall] = along ? [unit - excess, excess] : [excess, unit - excess];
        if (rise < up) up = rise;
        if (fall < down) down = fall;
      }
      const change = below(up + down) < down ? up : -down;
      for (const { arc, along } of cycle) {
        arc.carried += along ? change : -change;
        if (!isFractional(arc)) for (const end of [arc.tail, arc.head]) fractionalAt[end].delete(arc);
      }
    }
  }
}

/** A reduced fraction as text. */
function fraction(numerator, denominator) {
  let [divisor, rest] = [denominator, numerator];
  while (rest !== 0n) [divisor, rest] = [rest, divisor % rest];
  return denominator === divisor ? `${numerator / divisor}` : `${numerator / divisor}/${denominator / divisor}`;
}

/** Section 7: a CSV file without its byte order mark. */
function csvFile(header, rows) {
  const quoted = (field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);
  const lines = rows.sort((left, right) => byCodePoint(left[0], right[0])).map((row) => row.map(quoted).join(","));
  return [header, ...lines, ""].join("\r\n");
}

/** Sections 2 to 7: the texts of FILES, without byte order mark. */
function draw(plan, seed) {
  demand(/^[0-9a-fA-F]{64}$/.test(seed), "种子不是 64 位十六进制数");
  const key = sha256(Buffer.from(plan.digest, "hex"), Buffer.from(seed, "hex"));
  const unit = plan.denominator;
  demand(unit > 0n && unit <= 2n ** 255n, "计划不成立：denominator");
  const flow = buildFlow(plan);
  roundFlow(flow, unit, diceOf("zhengkao/round/1", key));
  const [assigned, unassigned] = [[], []];
  let arc = 0;
  for (const { group, trainees, cells, unplaced, reason } of plan.groups) {
    const whole = unit * BigInt(trainees.length);
    const total = cells.reduce((sum, { count }) => sum + count, unplaced);
    demand(total === whole, `计划不成立：${group} 各场与未安排之和不等于人数`);
    const tickets = new Map(trainees.map((id) => [id, sha256("zhengkao/ticket/1", ZERO, key, ZERO, id)]));
    const queue = [...trainees].sort((a, b) => tickets.get(a).compare(tickets.get(b)) || byCodePoint(a, b));
    const atSite = Object.create(null);
    for (const { session, count } of cells) {
      const { site_id } = plan.sessions[session];
      atSite[site_id] = (atSite[site_id] ?? 0n) + count;
    }
    for (const { session, count, exceptions } of cells) {
      const { site_id, date, half } = plan.sessions[session];
      const end = [exceptions.join(";"), fraction(count, whole), fraction(atSite[site_id], whole)];
      const placed = queue.splice(0, Number(flow.arcs[arc++].carried / unit));
      for (const id of placed) assigned.push([id, site_id, date, half, "", "", "", "", ...end]);
    }
    for (const id of queue) unassigned.push([id, reason]);
  }
  return [csvFile(ASSIGNMENTS_HEADER, assigned), csvFile(UNASSIGNED_HEADER, unassigned)];
}

/** Section 8: the one form of a line; null where it has none. */
function oneLine(text) {
  const line = text.replace(/[\t-\r \u0085\u00a0\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/gu, " ").replace(/^ | $/g, "");
  const unseen = /[\0-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]/u;
  const length = [...line].length; // code points
  return length > 0 && length <= 1000 && !unseen.test(line) ? line : null;
}

/** Section 8: the one form of a public value; null where it has none. */
function publicForm(text) {
  return oneLine(text.replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0)));
}

/** Section 8: what is published of a code; number 0 is the secret. */
function commitment(number, code) {
  demand(/^[0-9a-f]{64}$/.test(code), "密封码不是 64 位小写十六进制数");
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(number));
  return sha256("zhengkao/commit/1", ZERO, counter, Buffer.from(code, "hex")).toString("hex");
}

/** Section 8: the seed that comes of an announcement, the secret and the public value. */
function seedOf(announcement, secret, value) {
  const fixed = [secret, announcement.plan_digest, announcement.list_digest, ownDigest(announcement)];
  return sha256("zhengkao/seed/1", ZERO, ...fixed.map((hex) => Buffer.from(hex, "hex")), value).toString("hex");
}

/** Section 8: hold a revealed seed against its announcement. @returns {boolean[]} an outcome for each thing checked */
function revealChecks(announcement, plan, { reveal, seed, drawn_at }) {
  const { secret, public_value: value, announcement_digest } = reveal;
  const { announced_at, public_moment } = announcement;
  const [announced, known, drawn] = [announced_at, public_moment, drawn_at].map(Date.parse);
  return [
    report("announcement.json 的摘要", ownDigest(announcement), announcement.digest),
    report("draw.json 中的公告摘要", announcement.digest, announcement_digest),
    report("公告中的计划摘要", plan.digest, announcement.plan_digest),
    report("公告中的名单摘要", plan.list_digest, announcement.list_digest),
    report("公告中的规则摘要", plan.rules_digest, announcement.rules_digest),
    report("密封码的指纹", commitment(0, secret), announcement.secret_commitment),
    report("公开数值的统一形式", publicForm(value), value),
    report("种子", seedOf(announcement, secret, value), seed),
    report("先公告、再产生公开数值、后抽签", true, announced < known && known <= drawn),
  ];
}

/** Say whether two texts are equal. @returns {boolean} */
function report(label, due, given) {
  console.log(due === given ? `一致　${label}` : `不同　${label}：应为 ${due}，实为 ${given}`);
  return due === given;
}

/** Say whether a file holds the bytes it should. @returns {boolean} */
function reportFile(name, due, given) {
  const at = due.findIndex((byte, index) => byte !== given[index]);
  const line = due.subarray(0, at < 0 ? due.length : at).filter((byte) => byte === 10).length + 1;
  console.log(due.equals(given) ? `一致　${name}，${due.length} 字节` : `不同　${name}：从第 ${line} 行起`);
  return due.equals(given);
}

/** Repeat the draw of a folder and say what was compared. @returns {boolean} whether everything is equal */
function repeatFolder(folder) {
  const bytesOf = (name) => readFileSync(join(folder, name));
  const jsonOf = (name) => parseJson(new TextDecoder("utf-8", { fatal: true }).decode(bytesOf(name)));
  const [plan, record] = [jsonOf("plan.json"), jsonOf("draw.json")];
  const found = FILES.map(bytesOf);
  const announced = existsSync(join(folder, "announcement.json"));
  if (!report("plan.json 的摘要", ownDigest(plan), plan.digest)) return false; // such a plan is not drawn
  const bytes = draw(plan, record.seed).map((text) => Buffer.from(BYTE_ORDER_MARK + text));
  const digests = Object.fromEntries(FILES.map((name, at) => [name, sha256(bytes[at]).toString("hex")]));
  const checks = [
    report("draw.json 中的计划摘要", plan.digest, record.plan_digest),
    ...FILES.map((name, at) => reportFile(name, bytes[at], found[at])),
    ...FILES.map((name) => report(`draw.json 中 ${name} 的摘要`, digests[name], record.files[name])),
    report("draw.json 中的结果摘要", sha256(canonical(digests)).toString("hex"), record.result_digest),
    report("draw.json 的摘要", ownDigest(record), record.digest),
    report("按公告抽签", announced, Boolean(record.reveal)),
  ];
  if (record.reveal) checks.push(...revealChecks(jsonOf("announcement.json"), plan, record));
  return checks.every(Boolean);
}

/** Repeat a vectors file, where CSV files stand without byte order mark. @returns {boolean} */
function repeatVectors(path) {
  const drawn = ({ plan, seed, files }) =>
    ownDigest(plan) === plan.digest && draw(plan, seed).every((text, at) => text === files[FILES[at]]);
  const valued = ({ typed, form }) => publicForm(typed) === form;
  const committed = ({ number, code, commitment: published }) => commitment(number, code) === published;
  const seeded = ({ announcement, secret, public_value, seed }) =>
    ownDigest(announcement) === announcement.digest && seedOf(announcement, secret, public_value) === seed;
  const content = parseJson(readFileSync(path, "utf8"));
  const { public_values = [], commitments = [], seeds = [], draws = [] } = Array.isArray(content) ? { draws: content } : content;
  const outcomes = [
    ...public_values.map(valued), ...commitments.map(committed), ...seeds.map(seeded), ...draws.map(drawn),
  ];
  console.log(`样例 ${outcomes.length} 个，一致 ${outcomes.filter(Boolean).length} 个`);
  outcomes.forEach((equal, at) => equal || console.log(`不同：第 ${at + 1} 个`));
  return outcomes.length > 0 && outcomes.every(Boolean);
}

const [first, second] = process.argv.slice(2);
try {
  if (!first || (first === "--vectors" && !second)) throw new Error("没有写文件夹，或 --vectors 后没有写文件");
  const equal = first === "--vectors" ? repeatVectors(second) : repeatFolder(first);
  console.log(equal ? "重做抽签，结果完全相同。" : "重做抽签，结果不同。");
  process.exitCode = equal ? 0 : 1;
} catch (error) {
  console.error(`读不了：${error.message}`);
  process.exitCode = 2;
}
