/**
 * A second implementation of the draw, written from draw-specification.md alone: it shares no code with the program
 * that drew, and needs nothing but Node 20. "Section" in a comment means a section of that page.
 *
 *   node draw.mjs FOLDER           repeat the draw of a folder that holds plan.json, draw.json, the CSV files that
 *                                  draw.json names, and, where the draw was announced, announcement.json; of the
 *                                  folder of a change with changes.csv and chain/, the first draw and every change
 *   node draw.mjs --vectors FILE   repeat a vectors file: draw-vectors.json, seed-vectors.json or change-vectors.json
 *
 * Exit code: 0 everything is equal, 1 something differs, 2 the input cannot be read.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

const HEADERS = {
  "assignments.csv": "trainee_id,site_id,date,half,room,seat,group,place,exception,chance,site_chance",
  "unassigned.csv": "trainee_id,reason",
  "duties.csv": "staff_id,role,site_id,date,half,room",
  "substitutes.csv": "site_id,date,half,role,order,staff_id",
  "vacancies.csv": "role,site_id,date,half,room,reason",
  "difference.csv": "kind,id,from,to,reason",
};
const PAGES = ["schedule.html", "difference.html"];
const REMEDIES = ["remedies.html", "remedies.json"]; // of who has no place
const ROLES = ["invigilator", "examiner", "patrol"]; // in the order of files and of naming substitutes
const STAFFING = { invigilator: "invigilators_per_room", examiner: "examiners_per_item", patrol: "patrols_per_site" };
const OTHER_ID = "同一人，改用另一编号";
const END_WORDS = {
  证件过期: "角色、项目不符或证件过期",
  须回避: "与本考场（组）的考生或考点有关联，须回避",
};
const PLACE = ["site_id", "date", "half", "room", "seat", "group", "place"];
const TABLE = [ // columns of the table of changes
  "change", "id", "date", "until", "half", "item", "value", "earliest", "latest",
  "institution_id", "part", "district", "class_id", "school_id", "employer_id", "roles", "items",
  "licence_to", "max_duties", "unavailable", "reason",
];
const NEEDED = { // what a row of the table of changes must state
  site_closed: ["id"],
  session_cancelled: ["id", "date", "half"],
  session_added: ["id", "date", "half", "value"],
  seats: ["id", "date", "half", "value"],
  places: ["id", "item", "value"],
  day_limit: ["id", "value"],
  staff_unavailable: ["id"],
  staff_added: ["id", "roles"],
  trainee_withdrawn: ["id"],
  trainee_added: ["id", "institution_id", "item"],
  trainee_dates: ["id"],
  trainee_moved: ["id"],
};
const ALSO = { // what it may state beside that, and the reason
  site_closed: ["date", "until"],
  places: ["date", "half"],
  staff_unavailable: ["date", "until", "half"],
  staff_added: ["employer_id", "items", "district", "licence_to", "max_duties", "unavailable"],
  trainee_added: ["part", "district", "class_id", "school_id", "earliest", "latest"],
  trainee_dates: ["earliest", "latest"],
};
const RECORD = [ // keys of every record of a draw
  "format", "plan_digest", "seed", "seed_origin", "drawn_at", "result_digest", "files", "placed", "unplaced", "digest",
];
const CHANGE_RECORD = [ // further keys of that of a change
  "change_number", "parent", "changes_digest", "code", "committed", "plan_file", "chain_files", "documents", "vacant", "seating",
];
const FIRST_ANNOUNCEMENT = // keys of a first draw's announcement, sorted, beside public_form
  "announced_at digest format list_digest plan_digest public_moment public_source rules_digest secret_commitment " +
  "substitute_commitments";
const CHANGE_ANNOUNCEMENT = // keys of a change's announcement, sorted, beside public_form
  "announced_at change_number changes_digest code_commitment committed digest format list_digest parent plan_digest " +
  "public_moment public_source rules_digest";
const KEYS = { // of the plan of a change, by where they stand
  "":
    "format tool rules rules_title rules_digest list_digest list_form denominator sites sessions groups closed " +
    "articles trainees unplaced problems ways change institutions classes seating staff away vacant digest",
  tool: "name version",
  sites: "site_id name kind city day_limit",
  sessions: "site_id date half seats",
  groups: "group item part district trainees cells unplaced closed reason kept institution class",
  "groups.cells": "session count chance exceptions",
  "groups.kept": "room seat group place chance site_chance",
  closed: "institution_id reasons",
  "closed.reasons": "rule reason sites",
  seating: "room_size columns accessible rooms stations times",
  "seating.rooms": "site_id rooms",
  "seating.rooms.rooms": "room seats columns accessible",
  "seating.stations": "session item stations",
  "seating.times": "am pm theory_minutes practical_minutes",
  staff: "staff_id person roles items district licence_to max_duties unavailable sits_as conflicts",
  "staff.unavailable": "from to half",
  "staff.conflicts": "kind id from to reason",
  change:
    "number parent changes_digest touched other_exceptions lost_seats clashes places impossible duties " +
    "substitutes over",
  "change.touched": "trainee_id before kind reason",
  "change.touched.before": "site_id date half room seat group place exceptions",
  "change.other_exceptions": "trainee_id before",
  "change.other_exceptions.before": "site_id date half room seat group place exceptions",
  "change.lost_seats": "trainee_id before",
  "change.lost_seats.before": "site_id date half room seat group place exceptions",
  "change.places": "session item places",
  "change.impossible": "trainee_id site_id date half",
  "change.duties": "staff_id role site_id date half room",
  "change.substitutes": "site_id date half role order staff_id",
};
const KIND_WORDS = {
  withdrawn: "退考",
  added: "新增考生",
  waiting: "此前没有考位，有空出的考位时参加本次安排",
  moved: "本人不能参加原场次",
  gone: "原场次取消",
  facts: "所报项目或科目已更正",
  limit: "原场次的名额减少，由抽签决定离开",
  clash: "同一人同一时间有两场，由抽签决定离开",
};
const KIND_ROWS = { withdrawn: "trainee_withdrawn", added: "trainee_added", moved: "trainee_moved" };
const BYTE_ORDER_MARK = "\uFEFF";
let isQuiet = false; // of the folders of vectors only the outcome is told
const ZERO = Buffer.from([0]);

/** Tell a line. */
function say(line) {
  if (!isQuiet) console.log(line);
}

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

/** Compare in code point order; `<` would give the order of UTF-16 units, where surrogates are not the highest. */
function byCodePoint(left, right) {
  const isSurrogate = (unit) => unit >= 0xd800 && unit <= 0xdfff;
  for (let at = 0; at < left.length && at < right.length; at++) {
    const [a, b] = [left.charCodeAt(at), right.charCodeAt(at)];
    if (a !== b) return isSurrogate(a) - isSurrogate(b) || a - b;
  }
  return left.length - right.length;
}

/** Compare lists: the first element that differs decides; texts by code point, others as numbers. */
function byEach(left, right) {
  for (const [at, one] of left.entries()) {
    const order = typeof one === "string" ? byCodePoint(one, right[at]) : one - right[at];
    if (order) return order;
  }
  return 0;
}

/** Sort by what `keys` gives for an element, a list; equal elements keep their order. */
function sortedBy(elements, keys) {
  return elements.map((element) => [keys(element), element]).sort(([a], [b]) => byEach(a, b)).map(([, element]) => element);
}

/** Sections 6, 9 and 10: sort by the ticket of `textOf` an element, equal tickets by `nameOf` it. */
function byTicket(elements, tag, key, textOf, nameOf = textOf) {
  const listed = elements.map((element) => [sha256(tag, ZERO, key, ZERO, textOf(element)), nameOf(element), element]);
  return listed.sort((a, b) => a[0].compare(b[0]) || byCodePoint(a[1], b[1])).map(([, , element]) => element);
}

/** Section 1: JSON with every number as a BigInt; JSON.parse alone would round whole numbers above 2^53. */
function parseJson(text) {
  const tokens = /"([^"\\]*(?:\\.[^"\\]*)*)"(\s*:)?|-?\d[\d.eE+-]*|[{}]/g;
  const objects = []; // the keys of each object that is open
  const tagged = text.replace(tokens, (token, inner, colon) => {
    if (token === "{") objects.push(new Set());
    else if (token === "}") objects.pop();
    else if (token[0] !== '"') demand(/^(-?[1-9]\d*|0)$/.test(token), `${token} 不是整数`);
    else if (colon) demandOnce(JSON.parse(`"${inner}"`), objects.at(-1));
    if (token === "{" || token === "}" || colon) return token; // a key stays, a string gets an s, a number an n
    return token[0] === '"' ? `"s${inner}"` : `"n${token}"`;
  });
  const untag = (value) => (value[0] === "n" ? BigInt(value.slice(1)) : value.slice(1));
  return JSON.parse(tagged, (_, value) => (typeof value === "string" ? untag(value) : value));
}

/** Section 1: a key stands in an object once. */
function demandOnce(key, keys) {
  demand(!keys?.has(key), `“${key}”在同一处写了两次`);
  keys?.add(key);
}

/** Section 1: the canonical text of a value from parseJson (JSON.stringify escapes a string as the page demands). */
function canonical(value) {
  if (typeof value === "string") {
    demand(value.isWellFormed(), "有半个字符");
    return JSON.stringify(value);
  }
  if (value === null || typeof value !== "object") return `${value}`;
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const keys = Object.keys(value).sort(byCodePoint);
  return `{${keys.map((key) => `${canonical(key)}:${canonical(value[key])}`).join(",")}}`;
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

/** Section 4: the plan with the counts of the way that is drawn, where there are several. */
function drawnWay(plan, key) {
  if (plan.ways === undefined) return plan;
  const { groups, ways, denominator } = plan;
  demand(ways.length > 1 && ways.every((way) => way.length === groups.length), "计划不成立：ways");
  const many = BigInt(ways.length);
  for (const [g, { group, trainees, cells, unplaced }] of groups.entries()) {
    const [means, counts] = [[...cells.map(({ count }) => count), unplaced], ways.map((way) => way[g])];
    const addsUp = (numbers, total) => numbers.reduce((sum, number) => sum + number, 0n) === total;
    const holds =
      counts.every((own) => own.length === means.length && own.every((number) => number >= 0n)) &&
      counts.every((own) => addsUp(own, denominator * BigInt(trainees.length))) &&
      means.every((mean, place) => addsUp(counts.map((own) => own[place]), mean * many));
    demand(holds, `计划不成立：${group} 的 ways 与 cells 不一致`);
  }
  const plans = inEachWay(plan);
  for (const one of plans) demandRoom(one);
  return plans[Number(diceOf("zhengkao/way/1", key)(many))];
}

/** Section 4: the plan with the counts of each of its ways. */
function inEachWay(plan) {
  const inWay = (group, own) => ({
    ...group,
    cells: group.cells.map((cell, place) => ({ ...cell, count: own[place] })),
    unplaced: own.at(-1),
  });
  return (plan.ways ?? []).length === 0
    ? [plan]
    : plan.ways.map((way) => ({ ...plan, groups: plan.groups.map((group, g) => inWay(group, way[g])) }));
}

/** Section 4, what is no plan: all that a folder's plan must state; the vectors state less. */
function demandPlan(plan) {
  const { format, denominator, sessions, sites, groups, ways } = plan;
  demandThat(format === "zhengkao-plan/1", "format");
  demandThat(isWhole(denominator, 1n, 2n ** 128n), "denominator");
  for (const { site_id, date, half, seats } of sessions) {
    demandThat(isId(site_id) && isDate(date) && ["am", "pm"].includes(half) && isWhole(seats), "场次的内容不对");
  }
  demandThat(twice(sessions.map(({ site_id, date, half }) => canonical([site_id, date, half]))).length === 0, "有两个相同的场次");
  demandThat(sites.every(({ site_id, day_limit }) => isText(site_id) && (day_limit === null || isWhole(day_limit))), "sites");
  const known = sites.map(({ site_id }) => site_id);
  demandThat(twice(known).length === 0 && sessions.every(({ site_id }) => known.includes(site_id)), "考点缺少或重复");
  for (const group of groups) demandGroup(group, plan);
  const trainees = groups.flatMap((group) => group.trainees);
  demandThat(twice(trainees).length === 0, "考生重复");
  const unplaced = groups.reduce((sum, group) => sum + group.unplaced, 0n);
  demandThat(plan.trainees === undefined || plan.trainees === BigInt(trainees.length), "trainees 与各组之和不符");
  demandThat(plan.unplaced === undefined || plan.unplaced === fraction(unplaced, denominator), "unplaced 与各组之和不符");
  demandThat(plan.vacant === undefined || isWhole(plan.vacant), "vacant");
  demandThat(ways !== null, "ways");
  if (plan.seating !== undefined) demandSeating(plan);
  if (plan.staff !== undefined) demandThat(Array.isArray(plan.staff), "staff");
  if (plan.staff?.length > 0) demandStaff(plan);
}

/** Stop unless what a plan says holds. */
function demandThat(holds, what) {
  demand(holds, `计划不成立：${what}`);
}

/** Whether a value is a whole number within limits. */
function isWhole(value, least = 0n, most = null) {
  return typeof value === "bigint" && value >= least && (most === null || value <= most);
}

/** Whether a value is a text. */
function isText(value) {
  return typeof value === "string";
}

/** Whether a value is a list of texts. */
function areTexts(value) {
  return Array.isArray(value) && value.every(isText);
}

/** Whether a value is a text that an id may be. */
function isId(value) {
  const unseen = /[\0-\x1f\x7f\xad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\ud800-\udfff]/u;
  const blank = "[ \\x85\\xa0\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]";
  return isText(value) && value !== "" && !unseen.test(value) && !new RegExp(`^${blank}|${blank}$`, "u").test(value);
}

/** Whether a text is a date. */
function isDate(value) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value) || value < "0001") return false;
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}

/** Section 4, what is no plan: a group. */
function demandGroup({ group, item, part, reason, trainees, cells, unplaced }, { denominator, sessions }) {
  demandThat([group, item, reason].every(isText) && ["theory", "practical", "both"].includes(part), "组的内容不对");
  demandThat(Array.isArray(trainees) && trainees.length > 0 && trainees.every(isId), `${group} 的考生编号不对`);
  const whole = denominator * BigInt(trainees.length);
  demandThat(isWhole(unplaced), `${group} 的人数不对`);
  for (const { session, count, chance, exceptions } of cells) {
    demandThat(isWhole(count) && isWhole(session, 0n, BigInt(sessions.length - 1)), `${group} 的场次或人数不对`);
    const told = isText(chance) && /^(\d+)(?:\/(\d+))?$/.exec(chance);
    const [above, below] = told ? [BigInt(told[1]), BigInt(told[2] ?? 1)] : [0n, 0n];
    demandThat(below > 0n && above * whole === count * below, `${group} 的机会与人数不一致`);
    const isKnown = (one) => ["sole_site", "in_school", "cross_city"].includes(one);
    demandThat(exceptions.every(isKnown) && twice(exceptions).length === 0, `${group} 的例外不对`);
  }
}

/** Section 4, what is no plan: rooms and seats. */
function demandSeating({ seating, groups, sessions, institutions, classes }) {
  const most = 10n ** 9n;
  for (const { group, trainees, institution, class: ofClass } of groups) {
    const isRight = (numbers, least, known) =>
      numbers.length === trainees.length && numbers.every((number) => isWhole(number, least, BigInt(known.length - 1)));
    demandThat(isRight(institution, 0n, institutions) && isRight(ofClass, -1n, classes), `${group} 的机构或班级不对`);
  }
  demandThat(areTexts(institutions) && areTexts(classes), "机构或班级不是文字");
  const { room_size, columns, accessible, rooms, stations, times } = seating;
  demandThat(isWhole(room_size, 1n, most) && isWhole(columns, 1n, most) && areTexts(accessible), "room_size、columns");
  const sites = rooms.map(({ site_id }) => site_id);
  demandThat(areTexts(sites) && twice(sites).length === 0, "考场的考点不对或重复");
  for (const room of rooms.flatMap((site) => site.rooms)) {
    const holds = isText(room.room) && isWhole(room.seats, 0n, most) && isWhole(room.columns, 1n, most);
    demandThat(holds && isWhole(room.accessible, 0n, room.seats), "考场不对");
  }
  for (const one of stations) {
    demandThat(isWhole(one.session, 0n, BigInt(sessions.length - 1)) && isWhole(one.stations, 1n, most), "同时工位数不对");
  }
  demandThat(stations.every(({ item }) => isText(item)), "同时工位数的项目不对");
  demandThat(twice(stations.map(({ session, item }) => canonical([session, item]))).length === 0, "同时工位数重复");
  const isHour = (text) => isText(text) && /^([01]\d|2[0-3]):[0-5]\d$/.test(text);
  const isLong = (minutes) => isWhole(minutes, 1n, most);
  demandThat([times.am, times.pm].every(isHour) && [times.theory_minutes, times.practical_minutes].every(isLong), "考试时刻不对");
}

/** Section 4, what is no plan: the staff. */
function demandStaff({ staff, rules: { staffing }, away }) {
  const ids = staff.map(({ staff_id }) => staff_id);
  demandThat(ids.every(isId) && twice(ids).length === 0, "考务人员编号不对或重复");
  const numbers = [...Object.values(STAFFING), "substitutes", "halves_running"].map((name) => staffing[name]);
  demandThat(numbers.every((number) => isWhole(number)) && staffing.halves_running > 0n, "每考场、每组的人数不对");
  demandThat(Object.values(away).flatMap(Object.values).every((far) => isWhole(far)), "考务人员的距离不对");
  const isTextOrNull = (value) => value === null || isText(value);
  for (const one of staff) {
    const isRight =
      [one.person, one.district].every(isText) &&
      [one.roles, one.items, one.sits_as].every(areTexts) &&
      isTextOrNull(one.licence_to) &&
      (one.max_duties === null || isWhole(one.max_duties)) &&
      one.unavailable.every(({ from, to, half }) => isText(from) && isText(to) && [null, "am", "pm"].includes(half)) &&
      one.conflicts.every(({ kind, id, from, to }) => {
        return ["all", "site", "institution", "trainee"].includes(kind) && isText(id) && isTextOrNull(from) && isTextOrNull(to);
      });
    demandThat(isRight, `考务人员 ${one.staff_id} 的内容不对`);
  }
}

/** Section 4: no session takes more people than its seats, no day of a site more than its limit, where the plan states them. */
function demandRoom({ groups, sessions, sites = [], denominator }) {
  const [people, days] = [sessions.map(() => 0n), new Map()];
  for (const { session, count } of groups.flatMap(({ cells }) => cells)) people[session] += count;
  for (const [at, { site_id, date, half, seats = null }] of sessions.entries()) {
    const full = seats !== null && people[at] > seats * denominator;
    demand(!full, `计划不成立：${site_id} ${date} ${half} 的人数超过座位数`);
    const day = canonical([site_id, date]);
    days.set(day, (days.get(day) ?? 0n) + people[at]);
    const most = sites.find((site) => site.site_id === site_id)?.day_limit ?? null;
    demand(most === null || days.get(day) <= most * denominator, `计划不成立：${site_id} ${date} 的人数超过每日上限`);
  }
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
  for (const lowest of arcs) {
    const [walk, nodes, visited] = [[], [lowest.tail], new Map([[lowest.tail, 0]])]; // node -> steps before its first visit
    while (isFractional(lowest)) {
      let first;
      while (first === undefined) { // step 1
        const here = nodes.at(-1);
        const arc = walk.length === 0 ? lowest : lowestBut(walk.at(-1).arc, here);
        const along = arc.tail === here;
        const next = along ? arc.head : arc.tail;
        walk.push({ arc, along });
        nodes.push(next);
        first = visited.get(next);
        if (first === undefined) visited.set(next, walk.length);
      }
      const cycle = walk.slice(first);
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
      // The next walk would be the same up to the first arc that has become whole: go back to there only.
      const kept = first + cycle.findIndex(({ arc }) => !isFractional(arc));
      nodes.forEach((node, at) => at > kept && visited.get(node) === at && visited.delete(node));
      walk.length = kept;
      nodes.length = kept + 1;
    }
  }
}

/** A reduced fraction as text. */
function fraction(numerator, denominator) {
  let [divisor, rest] = [denominator, numerator];
  while (rest !== 0n) [divisor, rest] = [rest, divisor % rest];
  return denominator === divisor ? `${numerator / divisor}` : `${numerator / divisor}/${denominator / divisor}`;
}

/** Section 6: everybody, with the session (null: none), or the reason, and the chances of each. */
function drawPeople(plan, key) {
  const unit = plan.denominator;
  demand(unit > 0n && unit <= 2n ** 255n, "计划不成立：denominator");
  demandRoom(plan);
  const flow = buildFlow(drawnWay(plan, key));
  roundFlow(flow, unit, diceOf("zhengkao/round/1", key));
  const people = [];
  let arc = 0;
  for (const { group, item, part, trainees, cells, unplaced, reason, kept, ...more } of plan.groups) {
    const whole = unit * BigInt(trainees.length);
    const total = cells.reduce((sum, { count }) => sum + count, unplaced);
    demand(total === whole, `计划不成立：${group} 各场与未安排之和不等于人数`);
    const members = trainees.map((id, at) => {
      const [institution, ofClass] = [more.institution, more.class].map((numbers) => Number(numbers?.[at] ?? -1));
      // A person without a class has a class of their own: the id, which is no number.
      return { id, item, part, institution, class: ofClass < 0 ? id : ofClass, kept: kept?.[at] };
    });
    const queue = byTicket(members, "zhengkao/ticket/1", key, ({ id }) => id);
    const atSite = new Map();
    for (const { session, count } of cells) {
      const { site_id } = plan.sessions[session];
      atSite.set(site_id, (atSite.get(site_id) ?? 0n) + count);
    }
    let next = 0;
    for (const { session, count, exceptions } of cells) {
      const chance = fraction(count, whole);
      const siteChance = fraction(atSite.get(plan.sessions[session].site_id), whole);
      const end = next + Number(flow.arcs[arc++].carried / unit);
      for (; next < end; next++) {
        people.push({ ...queue[next], session: Number(session), exceptions, chance, siteChance });
      }
    }
    for (; next < queue.length; next++) people.push({ ...queue[next], session: null, reason });
  }
  return people;
}

/** Section 7: a CSV file without its byte order mark. */
function csvFile(name, rows) {
  return csvText(HEADERS[name], rows);
}

/** Section 7: the text of a header and rows. */
function csvText(header, rows) {
  const quoted = (field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);
  return [header, ...rows.map((row) => row.map(quoted).join(",")), ""].join("\r\n");
}

/** Sections 2 to 7 and 9 to 11. @returns the files' texts by name, without byte order mark, and `seating` of draw.json */
function draw(plan, seed) {
  demand(/^[0-9a-fA-F]{64}$/.test(seed), "种子不是 64 位十六进制数");
  const key = sha256(Buffer.from(plan.digest, "hex"), Buffer.from(seed, "hex"));
  const people = sortedBy(drawPeople(plan, key), ({ id }) => [id]);
  if (plan.change) for (const person of people) if (person.kept) giveBack(person);
  const held = plan.sessions.map((session) => ({ ...session, people: [], rooms: [], groups: [] }));
  for (const person of people) if (person.session !== null) held[person.session].people.push(person);
  const seating = plan.seating ? seatEverybody(plan, key, held) : undefined;
  const rowOf = ({ id, session, room = "", seat = "", group = "", place = "", exceptions, chance, siteChance }) => {
    const { site_id, date, half } = held[session];
    return [id, site_id, date, half, room, seat, group, place, exceptions.join(";"), chance, siteChance];
  };
  const assigned = people.filter(({ session }) => session !== null).map(rowOf);
  const unassigned = people.filter(({ session }) => session === null).map(({ id, reason }) => [id, reason]);
  const rows = { "assignments.csv": assigned, "unassigned.csv": unassigned };
  let told = { ended: plan.change?.duties.map((row) => ({ ...row, reason: "已不在考务人员名单" })), began: [] };
  if (plan.staff?.length) {
    const duties = drawDuties(plan, key, held);
    Object.assign(rows, duties.rows);
    told = duties.told;
  }
  if (plan.change) rows["difference.csv"] = differenceRows(plan.change, people, held, told);
  const files = Object.fromEntries(Object.entries(rows).map(([name, lines]) => [name, csvFile(name, lines)]));
  return { files, seating };
}

/** Section 9: give everybody room, seat, group and place. @returns `seating` of draw.json */
function seatEverybody({ seating, change }, key, held) {
  demand(seating.room_size > 0n && seating.columns > 0n, "计划不成立：room_size、columns");
  const accessible = new Set(seating.accessible);
  const stated = new Map(seating.rooms.map(({ site_id, rooms }) => [site_id, rooms]));
  const [scores, all] = [[0, 0, 0], []];
  for (const session of held) {
    const people = byTicket(session.people, "zhengkao/seat/1", key, ({ id }) => id);
    const sitters = people.filter(({ part }) => part !== "practical");
    const seatAll = change ? seatTheNew : seatSitters;
    const rooms = seatAll(seating, stated.get(session.site_id) ?? [], sitters, accessible);
    for (const room of rooms) {
      room.seated.forEach((person, at) => Object.assign(person, { room: room.number, seat: at + 1 }));
      addUp(scores, scoreOf(room, room.seated));
    }
    session.rooms = rooms.map(({ number, seated }) => ({ number, people: seated.filter(Boolean) }));
    session.groups = change ? placeTheNew(people) : groupsOf(people);
    all.push(...rooms);
  }
  const [institution_neighbours, class_neighbours, item_neighbours] = scores;
  const without = ({ seated, accessible: seats }) => seated.filter(({ id }, at) => accessible.has(id) && at >= seats).length;
  const without_accessible_seat = all.reduce((sum, room) => sum + without(room), 0);
  const rooms = all.filter(({ seated }) => seated.length > 0).length;
  return { rooms, institution_neighbours, class_neighbours, item_neighbours, without_accessible_seat };
}

/** Add one list of numbers to another, number by number. */
function addUp(sums, numbers) {
  numbers.forEach((number, at) => { sums[at] += number; });
}

/** Section 9, rooms: the site's room of a number, from 1. `seated` will hold its people by seat, from 0. */
function roomOf({ room_size, columns }, stated, number) {
  const room = stated[number - 1] ?? { seats: room_size, columns, accessible: room_size };
  const [seats, inRow, accessible] = [room.seats, room.columns, room.accessible].map(Number);
  return { number, seats, columns: inRow, accessible, seated: [] };
}

/** Section 9, rooms: those used for so many people, in order, with their sizes. */
function openRooms(seating, stated, people) {
  const rooms = [];
  for (let seats = 0; seats < people; seats += rooms.at(-1).seats) rooms.push(roomOf(seating, stated, rooms.length + 1));
  let left = people;
  for (const [at, room] of sortedBy(rooms, ({ seats, number }) => [seats, -number]).entries()) {
    room.size = Math.min(room.seats, Math.floor(left / (rooms.length - at)));
    left -= room.size;
  }
  return rooms;
}

/** Section 9, rooms to not worse than chance. @returns the rooms, in order, each with its people in `seated` */
function seatSitters(seating, stated, sitters, accessible) {
  const rooms = openRooms(seating, stated, sitters.length);
  const waiting = sitters.filter(({ id }) => accessible.has(id));
  for (const room of rooms) room.fixed = waiting.splice(0, Math.min(room.accessible, room.size));
  const fixed = new Set(rooms.flatMap((room) => room.fixed));
  const others = sitters.filter((person) => !fixed.has(person));
  deal(rooms, others);
  const [best, plain] = [[0, 0, 0], [0, 0, 0]];
  let next = 0;
  for (const room of rooms) {
    room.seated = bestOrder(room);
    room.plain = [...room.fixed, ...others.slice(next, (next += room.size - room.fixed.length))];
    addUp(best, scoreOf(room, room.seated));
    addUp(plain, scoreOf(room, room.plain));
  }
  if (byEach(plain, best) < 0) for (const room of rooms) room.seated = room.plain;
  return rooms;
}

/** Section 9, ranks: value -> rank, over people by ticket. */
function ranksOf(people, property) {
  const counts = new Map(); // in the order of who comes first
  for (const { [property]: value } of people) counts.set(value, (counts.get(value) ?? 0) + 1);
  return new Map([...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a)).map((value, rank) => [value, rank]));
}

/** Section 9, ranks: value -> spread rank. */
function spread(ranks) {
  const spreadRank = (rank) => (rank === 0 ? 0 : rank === 1 ? ranks.size - 1 : rank - 1);
  return ranks.size < 3 ? ranks : new Map([...ranks].map(([value, rank]) => [value, spreadRank(rank)]));
}

/** Section 9, dealing: each room's `dealt`, its people who are not fixed, by ticket. */
function deal(rooms, others) {
  const [byInstitution, byClass, byItem] = ["institution", "class", "item"].map((name) => ranksOf(others, name));
  const sorted = sortedBy(others, (one) => [byInstitution.get(one.institution), byClass.get(one.class), byItem.get(one.item)]);
  const turns = rooms.flatMap((room) => {
    const size = BigInt(room.size - room.fixed.length);
    return Array.from({ length: Number(size) }, (_, j) => [Number((BigInt(2 * j + 1) << 32n) / size), room.number]);
  });
  const dealtTo = new Map(turns.sort(byEach).map(([, number], at) => [sorted[at], number]));
  for (const room of rooms) room.dealt = [];
  for (const person of others) rooms[dealtTo.get(person) - 1].dealt.push(person);
}

/** Section 9, order in a room: its people by seat. */
function bestOrder(room) {
  const { fixed, dealt, columns, size } = room;
  const free = Array.from({ length: size - fixed.length }, (_, at) => fixed.length + at); // seats, from 0
  const colourOf = (seat) => (Math.floor(seat / columns) + (seat % columns)) % 2;
  const [even, odd] = [0, 1].map((colour) => free.filter((seat) => colourOf(seat) === colour));
  const evenFirst = even.length === odd.length ? free.length > 0 && colourOf(free[0]) === 0 : even.length > odd.length;
  const chess = evenFirst ? [...even, ...odd] : [...odd, ...even];
  const ranks = Object.fromEntries(["institution", "class", "item"].map((name) => [name, ranksOf(dealt, name)]));
  const [institution, ofClass, item] = Object.entries(ranks).map(([name, rank]) => (one) => rank.get(one[name]));
  const [spreadInstitution, spreadItem] = [spread(ranks.institution), spread(ranks.item)];
  const firstItem = new Map([...dealt].reverse().map((one) => [one.institution, one.item]));
  const orders = [
    (one) => [spreadInstitution.get(one.institution), ofClass(one), item(one)],
    (one) => [spreadItem.get(one.item), institution(one), ofClass(one)],
    (one) => [spreadItem.get(firstItem.get(one.institution)), institution(one), ofClass(one), item(one)],
  ];
  const tried = orders.map((keys) => {
    const seated = [...fixed];
    sortedBy(dealt, keys).forEach((person, at) => { seated[chess[at]] = person; });
    return { seated, score: scoreOf(room, seated) };
  });
  return tried.reduce((best, one) => (byEach(one.score, best.score) < 0 ? one : best)).seated;
}

/** Section 9, order in a room: the three numbers of a score; seats may be empty. */
function scoreOf({ columns }, seated) {
  const score = [0, 0, 0];
  const add = (one, other) => addUp(score, ["institution", "class", "item"].map((name) => Number(one[name] === other[name])));
  seated.forEach((person, seat) => {
    if ((seat + 1) % columns && seated[seat + 1]) add(person, seated[seat + 1]);
    if (seated[seat + columns]) add(person, seated[seat + columns]);
  });
  return score;
}

/** Section 9, groups and places, of a session's people by ticket. */
function groupsOf(people) {
  const working = people.filter(({ part }) => part !== "theory");
  return itemsOf(working).map((item, number) => {
    const members = ["practical", "both"].flatMap((due) => working.filter((one) => one.item === item && one.part === due));
    members.forEach((person, at) => Object.assign(person, { group: number + 1, place: at + 1 }));
    return { number: number + 1, item, people: members };
  });
}

/** Section 10, and 11 for a change: the rows of the three files about duties, and which duties ended and began. */
function drawDuties(plan, key, held) {
  const sessions = heldSessions(plan, held);
  const persons = personsOf(plan, key);
  const needed = (role) => Number(plan.rules.staffing[STAFFING[role]]);
  const posts = postsOf(sessions, needed, key);
  const rules = fittingRules(sessions);
  for (const post of posts) {
    post.fitting = persons.filter((person) => !rules.against(person, post));
    post.fits = new Uint8Array(persons.length); // the same, for looking up
    for (const { number } of post.fitting) post.fits[number] = 1;
  }
  const over = new Set((plan.change?.over ?? []).map((number) => nameOfSession(plan.sessions[Number(number)])));
  const isOver = ({ session }) => over.has(nameOfSession(session));
  let told;
  if (plan.change) told = redrawDuties(plan.change, persons, posts, rules, isOver);
  else {
    fill(persons, posts);
    level(persons, posts);
    grantWishes(persons, posts, plan);
  }
  const wanted = Number(plan.rules.staffing.substitutes);
  const named = nameSubstitutes(sessions, persons, needed, wanted, rules, key, plan.change?.substitutes ?? [], isOver);
  const place = ({ session, role }) => [session.site_id, session.date, session.half, ROLES.indexOf(role)];
  const roomText = ({ role, room }) => (role === "patrol" ? "" : String(room));
  const duties = posts.flatMap((post) =>
    post.holders.map((person) => ({ post, staff: dutyOf(person, post).staff_id })),
  );
  const lacking = posts.flatMap((post) => Array.from({ length: lack(post) }, () => post));
  const rows = {
    "duties.csv": sortedBy(duties, ({ post, staff }) => [...place(post), post.room, staff]).map(({ post, staff }) => {
      const { site_id, date, half } = post.session;
      return [staff, post.role, site_id, date, half, roomText(post)];
    }),
    "substitutes.csv": sortedBy(named, (one) => [...place(one), one.order]).map(({ session, role, order, staff }) => {
      return [session.site_id, session.date, session.half, role, String(order), staff];
    }),
    "vacancies.csv": sortedBy(lacking, (post) => [...place(post), post.room]).map((post) => {
      const { site_id, date, half } = post.session;
      const reason = isOver(post) ? "这一场在变更抽签时已经开考，不再补派" : vacancyReason(post, persons, rules);
      return [post.role, site_id, date, half, roomText(post), reason];
    }),
  };
  return { rows, told };
}

/** Section 10: sessions with people; a time is the number of its half-day, even for `am`, from the first date on. */
function heldSessions(plan, held) {
  const sessions = held.filter(({ rooms, groups }) => rooms.length + groups.length > 0);
  const day = ({ date }) => Date.parse(date) / 86400000;
  const first = sessions.reduce((least, session) => Math.min(least, day(session)), Infinity);
  return sessions.map((session) => {
    const time = 2 * (day(session) - first) + Number(session.half === "pm");
    return { ...session, time, ...crowd(plan, session.people), crowdOf: (people) => crowd(plan, people) };
  });
}

/** The ids and institutions of people, for looking up. */
function crowd({ institutions }, people) {
  const ids = new Set(people.map(({ id }) => id));
  return { ids, institutions: new Set(people.map(({ institution }) => institutions[institution])) };
}

/** Section 10, persons, in order of their numbers. `at` holds their posts by time. */
function personsOf({ staff }, key) {
  const byName = new Map();
  for (const entry of sortedBy(staff, ({ staff_id }) => [staff_id])) {
    byName.set(entry.person, [...(byName.get(entry.person) ?? []), entry]);
  }
  const persons = [...byName].map(([name, entries]) => {
    const limits = entries.filter(({ max_duties }) => max_duties !== null).map(({ max_duties }) => Number(max_duties));
    const most = Math.min(...limits, Infinity);
    return { name, entries, most, district: entries[0].district, load: 0, at: [], together: new Map() };
  });
  const listed = byTicket(persons, "zhengkao/duty/1", key, ({ name }) => `staff ${name}`, ({ name }) => name);
  listed.forEach((person, number) => { person.number = number; });
  return listed;
}

/** Section 10, posts, in order of their numbers. */
function postsOf(sessions, needed, key) {
  const listed = sessions.flatMap((session) => {
    const post = (role, room, item, people) => {
      const { time } = session;
      return { session, role, room, item, people, time, needed: needed(role), holders: [], under: new Map() };
    };
    return [
      ...session.rooms.map(({ number, people }) => post("invigilator", number, null, people)),
      ...session.groups.map(({ number, item, people }) => post("examiner", number, item, people)),
      post("patrol", 0, null, session.people),
    ];
  });
  const textOf = ({ session: { date, half, site_id }, role, room }) => `post ${date} ${half} ${role} ${room} ${site_id}`;
  const posts = byTicket(listed.filter((post) => post.needed > 0 && post.people.length > 0), "zhengkao/duty/1", key, textOf);
  posts.forEach((post, number) => Object.assign(post, { number, ...post.session.crowdOf(post.people) }));
  return posts;
}

/** Section 10, posts: the entries that have the role, and for an examiner the item. */
function entriesFor(person, { role, item }) {
  return person.entries.filter(({ roles, items }) => roles.includes(role) && (role !== "examiner" || items.includes(item)));
}

/** Section 10, posts: the first entry by which a person is able to do a post; undefined for none. */
function entryFor(person, post) {
  return entriesFor(person, post).find((entry) => isLicensed(entry, post));
}

/** Section 10, posts: whether an entry's licence holds on the date of a post. */
function isLicensed({ licence_to }, post) {
  return licence_to === null || licence_to >= post.session.date;
}

/** Section 10, posts: `against(person, post)` gives the words of the first rule that is broken, null where they fit. */
function fittingRules(sessions) {
  const sitting = new Map(); // time -> ids of who sits an exam then
  for (const { time, ids } of sessions) {
    if (!sitting.has(time)) sitting.set(time, new Set());
    for (const id of ids) sitting.get(time).add(id);
  }
  /** What depends on the time alone: the words, or the conflicts that hold. */
  const timely = ({ entries }, { date, half, time }) => {
    const isAway = (from, to, onHalf) => from <= date && date <= to && (onHalf === null || onHalf === half);
    if (entries.some(({ unavailable }) => unavailable.some((one) => isAway(one.from, one.to, one.half)))) return "不在可用时间";
    if (entries.some(({ sits_as }) => sits_as.some((id) => sitting.get(time).has(id)))) return "本人当场考试";
    const holds = ({ from, to }) => (from === null || from <= date) && (to === null || date <= to);
    return entries.flatMap(({ conflicts }) => conflicts.filter(holds));
  };
  const meets = ({ kind, id }, { session, ids, institutions }) =>
    kind === "all" ||
    (kind === "site" && id === session.site_id) ||
    (kind === "institution" && institutions.has(id)) ||
    (kind === "trainee" && ids.has(id));
  const known = new Map(); // person -> what `timely` gave, by time
  const against = (person, post) => {
    if (!entryFor(person, post)) return "证件过期";
    if (!known.has(person)) known.set(person, []);
    const found = (known.get(person)[post.time] ??= timely(person, post.session));
    if (typeof found === "string") return found;
    return found.some((conflict) => meets(conflict, post)) ? "须回避" : null;
  };
  return { against };
}

/** How many persons a post lacks. */
function lack(post) {
  return post.needed - post.holders.length;
}

/** Whether a person may have one post more. */
function hasRoom({ load, most }) {
  return load < most;
}

/** A person takes a post; `together` counts with whom they hold posts. */
function take(person, post) {
  for (const other of post.holders) meet(person, other, 1);
  post.holders.push(person);
  person.at[post.time] = post; // by time; undefined where the person is free
  person.load += 1;
}

/** A person leaves a post. */
function leave(person, post) {
  post.holders.splice(post.holders.indexOf(person), 1);
  for (const other of post.holders) meet(person, other, -1);
  person.at[post.time] = undefined;
  person.load -= 1;
}

/** Count how often two persons are together. */
function meet(one, other, change) {
  for (const [a, b] of [[one, other], [other, one]]) a.together.set(b, (a.together.get(b) ?? 0) + change);
}

/** A person's posts, or a post's holders, in order of numbers. */
function inOrder(numbered) {
  const listed = numbered.filter(Boolean);
  return listed.length > 1 ? listed.sort((a, b) => a.number - b.number) : listed;
}

/** Section 10, filling. */
function fill(persons, posts) {
  // Posts of failed searches: whoever could be reached through them has no room, and nothing will change that (they are
  // reached from themselves alone), so later searches need not enter them.
  const closed = new Set();
  for (const post of posts) {
    while (lack(post) > 0) {
      const free = post.fitting.filter((person) => !person.at[post.time] && hasRoom(person));
      if (free.length > 0) take(free.reduce((least, person) => (person.load < least.load ? person : least)), post);
      else if (!search(persons, posts, { start: post, wanted: hasRoom, closed })) break;
    }
  }
}

/** Section 10, levelling. */
function level(persons, posts) {
  for (let k = 1; persons.some(({ load }) => load > k); k++) {
    const wanted = ({ load, most }) => load < k && load < most;
    while (search(persons, posts, { from: persons.filter(({ load }) => load > k), wanted }));
  }
}

/** Section 10, search and carrying out: from a post `start`, or from persons `from`. @returns {boolean} */
function search(persons, posts, { start, from = [], wanted, closed }) {
  const [memory, offered, queue] = [new Array(posts.length), new Array(persons.length), []];
  const enter = (post, why) => {
    if (memory[post.number] || closed?.has(post)) return;
    memory[post.number] = why;
    queue.push(post);
  };
  const enterPosts = (person) => inOrder(person.at).forEach((post) => enter(post, { kind: "drop", person }));
  if (start) enter(start, { kind: "start" });
  for (const { number } of from) offered[number] = "nothing";
  from.forEach(enterPosts);
  for (const post of queue) { // it grows meanwhile
    for (const person of post.fitting) {
      const other = person.at[post.time];
      if (other) enter(other, { kind: "shift", person, post });
      else if (!offered[person.number]) {
        offered[person.number] = post;
        if (wanted(person)) {
          carryOut(person, memory, offered);
          return true;
        }
        enterPosts(person);
      }
    }
  }
  for (const post of queue) closed?.add(post);
  return false;
}

/** Section 10, carrying out: the person found takes the post offered, and so on back to where the search began. */
function carryOut(found, memory, offered) {
  let post = offered[found.number];
  take(found, post);
  for (;;) {
    const { kind, person, post: before } = memory[post.number];
    if (kind === "start") return;
    leave(person, post);
    post = kind === "drop" ? offered[person.number] : before;
    if (post === "nothing") return;
    take(person, post);
  }
}

/** Section 10, wishes. */
function grantWishes(persons, posts, { rules, away }) {
  const running = Number(rules.staffing.halves_running);
  const siteOf = ({ session }) => session.site_id;
  const distances = new Map(Object.entries(away).map(([district, sites]) => {
    return [district, new Map(Object.entries(sites).map(([site, far]) => [site, Number(far)]))];
  }));
  const distance = ({ district }, post) => distances.get(district)?.get(siteOf(post)) ?? 0;
  const otherSite = (other, post) => Boolean(other) && siteOf(other) !== siteOf(post);
  const isOverrun = (person, { time }) => {
    for (let before = 1; before <= running; before++) if (!person.at[time - before]) return false;
    return true;
  };
  const wishes = (person, post, overrun) =>
    overrun ||
    otherSite(person.at[post.time ^ 1], post) ||
    post.holders.some((other) => other !== person && person.together.get(other) > 1) ||
    distance(person, post) > 0;

  /** Count 3 of a person whose posts have these times, in order. */
  const overruns = (times) => {
    let [count, length] = [0, 0];
    times.forEach((time, at) => {
      length = times[at - 1] === time - 1 ? length + 1 : 1;
      if (length > running) count += 1;
    });
    return count;
  };
  /** By how much the four counts change if a person leaves P and takes Q, which `partner` leaves; added to `change`. */
  const addChange = (change, person, P, Q, partner) => {
    change[0] -= Number(otherSite(person.at[P.time ^ 1], P));
    const besideQ = person.at[Q.time ^ 1];
    if (besideQ !== P) change[0] += Number(otherSite(besideQ, Q));
    for (const other of P.holders) if (other !== person) change[1] -= person.together.get(other) - 1;
    for (const other of Q.holders) {
      if (other !== partner) change[1] += (person.together.get(other) ?? 0) - Number(P.holders.includes(other));
    }
    if (P.time !== Q.time) {
      const times = inOrder(person.at).map(({ time }) => time).sort((a, b) => a - b);
      change[2] += overruns([...times.filter((time) => time !== P.time), Q.time].sort((a, b) => a - b)) - overruns(times);
    }
    change[3] += distance(person, Q) - distance(person, P);
  };

  const [atTime, atSite] = [new Map(), new Map()];
  const listIn = (lists, name, post) => lists.set(name, [...(lists.get(name) ?? []), post]);
  for (const post of posts) {
    listIn(atTime, `${post.role} ${post.time}`, post);
    listIn(atSite, `${post.role} ${siteOf(post)}`, post);
  }
  /** Make the best exchange for a person, if there is one. @returns {boolean} */
  const exchange = (X, P, overrun) => {
    const near = atTime.get(`${P.role} ${P.time}`);
    const others = overrun ? inOrder([...new Set([...near, ...atSite.get(`${P.role} ${siteOf(P)}`)])]) : near;
    let best = { change: [0, 0, 0, 0] };
    for (const Q of others) {
      if (Q === P || !Q.fits[X.number] || (X.at[Q.time] ?? P) !== P) continue;
      for (const Y of inOrder(Q.holders)) {
        if (Y === X || !P.fits[Y.number] || (Y.at[P.time] ?? Q) !== Q) continue;
        const change = [0, 0, 0, 0];
        addChange(change, X, P, Q, Y);
        addChange(change, Y, Q, P, X);
        if (byEach(change, best.change) < 0) best = { change, Q, Y };
      }
    }
    if (!best.Q) return false;
    leave(X, P);
    leave(best.Y, best.Q);
    take(X, best.Q);
    take(best.Y, P);
    return true;
  };
  for (let [round, exchanged] = [0, true]; exchanged && round < 3; round++) {
    exchanged = false;
    for (const P of posts) {
      for (const X of inOrder(P.holders)) {
        if (!P.holders.includes(X)) continue;
        const overrun = isOverrun(X, P);
        if (wishes(X, P, overrun) && exchange(X, P, overrun)) exchanged = true;
      }
    }
  }
}

/** Section 10, substitutes: who is named, in the order in which they are; `before` holds the rows of the parent. */
function nameSubstitutes(sessions, persons, needed, wanted, rules, key, before, isOver) {
  const [named, listed, busy] = [[], new Map(), new Map()];
  const [personOf, namedAt] = [byStaffId(persons), byPlace(before)];
  for (const session of sortedBy(sessions, ({ date, half, site_id }) => [date, half, site_id])) {
    const { time, date, half } = session;
    if (!listed.has(time)) {
      const free = persons.filter(({ at, load, most }) => !at[time] && load < most);
      const textOf = ({ name }) => `${date} ${half} ${name}`;
      listed.set(time, byTicket(free, "zhengkao/substitute/1", key, textOf, ({ name }) => name));
      const earlier = before.filter((row) => row.date === date && row.half === half);
      busy.set(time, new Set(earlier.map(({ staff_id }) => personOf.get(staff_id)))); // named for anything at this time
    }
    const items = { invigilator: [null], examiner: itemsOf(session.groups), patrol: [null] };
    const exists = { invigilator: session.rooms.length, examiner: session.groups.length, patrol: 1 };
    for (const role of ROLES.filter((one) => exists[one] && needed(one) > 0)) {
      const here = new Set();
      const name = (person, staff) => named.push({ session, role, order: here.add(person).size, staff });
      const asked = items[role].map((item) => ({ ...session, session, role, item }));
      const staying = stillNamed(namedAt(asked[0]), asked, listed.get(time), personOf, rules);
      for (const [person, staff] of staying) name(person, staff);
      for (const post of asked.filter((one) => !isOver(one))) {
        const fit = listed.get(time).filter((person) => !rules.against(person, post));
        const missing = Math.max(0, wanted - fit.filter((person) => here.has(person)).length);
        const fresh = fit.filter((person) => !busy.get(time).has(person));
        const again = fit.filter((person) => busy.get(time).has(person) && !here.has(person));
        for (const person of [...fresh, ...again].slice(0, missing)) {
          busy.get(time).add(person);
          name(person, entryFor(person, post).staff_id);
        }
      }
    }
  }
  return named;
}

/** The items of groups or people, each once, by code point. */
function itemsOf(listed) {
  return [...new Set(listed.map(({ item }) => item))].sort(byCodePoint);
}

/** Section 10, vacancies: why a post lacks somebody. */
function vacancyReason(post, persons, rules) {
  const who = { invigilator: "监考员", examiner: `考评员（${post.item}）`, patrol: "巡考员" }[post.role];
  const able = persons.filter((person) => entriesFor(person, post).length > 0);
  if (able.length === 0) return `考务人员中没有${who}`;
  const reasonOf = (person) => {
    const [broken, held] = [rules.against(person, post), person.at[post.time]];
    return broken ?? (held === post ? "已在本岗" : held ? "同时另有任务" : "已达最多场次");
  };
  const words = ["证件过期", "不在可用时间", "本人当场考试", "须回避", "已在本岗", "同时另有任务", "已达最多场次"];
  const reasons = able.map(reasonOf);
  const counts = words.map((word) => [word, reasons.filter((reason) => reason === word).length]);
  const told = counts.filter(([, count]) => count > 0).map(([word, count]) => `${word} ${count} 人`);
  return `${who}共 ${able.length} 人：${told.join("，")}`;
}

/** Section 11, the draw: a kept person has the values of before; who lost the seat has no room and seat. */
function giveBack(person) {
  const { chance, site_chance, ...places } = person.kept;
  for (const [name, number] of Object.entries(places)) if (number !== "") person[name] = Number(number);
  Object.assign(person, { chance, siteChance: site_chance });
}

/** Section 11, seats: who sits without a seat gets one. @returns the rooms in use, in order, with their `seated` */
function seatTheNew(seating, stated, sitters, accessible) {
  const inUse = new Map(); // number -> room
  const open = (number) => inUse.set(number, roomOf(seating, stated, number));
  for (const person of sitters.filter(({ room }) => room)) {
    if (!inUse.has(person.room)) open(person.room);
    inUse.get(person.room).seated[person.seat - 1] = person;
  }
  const fresh = sitters.filter(({ room }) => !room);
  for (let number = 1; freeSeats(inUse).length < fresh.length; number++) { // step 1
    if (!inUse.has(number) && roomOf(seating, stated, number).seats > 0) open(number);
  }
  const [needy, others] = [true, false].map((needs) => fresh.filter(({ id }) => accessible.has(id) === needs));
  for (const person of needy) { // step 2
    const seats = () => freeSeats(inUse).filter(({ room, seat }) => seat < room.accessible);
    const number = seats().length > 0 ? null : roomWithAccessible(stated, inUse);
    if (number !== null) open(number);
    takeSeat(person, seats().length > 0 ? seats() : freeSeats(inUse));
  }
  for (const person of others) takeSeat(person, freeSeats(inUse));
  return sortedBy([...inUse.values()], ({ number }) => [number]);
}

/** Section 11, seats: the free seats, counted from 0, of rooms. */
function freeSeats(rooms) {
  const seatsOf = (room) => Array.from({ length: room.seats }, (_, seat) => ({ room, seat }));
  return [...rooms.values()].flatMap(seatsOf).filter(({ room, seat }) => !room.seated[seat]);
}

/** Section 11, seats: a person takes the best of the candidates. */
function takeSeat(person, candidates) {
  const [best] = sortedBy(candidates, ({ room, seat }) => [...neighboursOf(person, room, seat), room.number, seat]);
  best.room.seated[best.seat] = person;
}

/** Section 11, seats: the number of the room that comes into use for its accessible seats; null where there is none. */
function roomWithAccessible(stated, inUse) {
  const at = stated.findIndex(({ accessible }, index) => accessible > 0n && !inUse.has(index + 1));
  return at < 0 ? null : at + 1;
}

/** Section 11, seats: how many neighbours of a seat, counted from 0, are of a person's institution, and of the class. */
function neighboursOf(person, { columns, seated }, seat) {
  const beside = [seat - columns, seat + columns];
  if (seat % columns > 0) beside.push(seat - 1);
  if ((seat + 1) % columns > 0) beside.push(seat + 1);
  const near = beside.map((at) => seated[at]).filter(Boolean);
  return ["institution", "class"].map((name) => near.filter((other) => other[name] === person[name]).length);
}

/** Section 11, places: who works without a group gets one. @returns the session's groups, in order */
function placeTheNew(people) {
  const working = people.filter(({ part }) => part !== "theory");
  const groups = new Map(); // by number
  const numbers = new Map(); // item -> number of its group for new people
  const open = (number, item) => groups.set(number, { number, item, people: [], taken: new Set() });
  const join = (person, group) => group.people.push(person) && group.taken.add(person.place);
  for (const person of working.filter(({ group }) => group)) {
    if (!groups.has(person.group)) open(person.group, person.item);
    join(person, groups.get(person.group));
    numbers.set(person.item, Math.min(person.group, numbers.get(person.item) ?? Infinity));
  }
  const fresh = working.filter(({ group }) => !group);
  for (const item of itemsOf(fresh).filter((one) => !numbers.has(one))) {
    numbers.set(item, Math.max(0, ...groups.keys()) + 1);
    open(numbers.get(item), item);
  }
  for (const person of ["practical", "both"].flatMap((due) => fresh.filter(({ part }) => part === due))) {
    const group = groups.get(numbers.get(person.item));
    person.group = group.number;
    for (person.place = 1; group.taken.has(person.place); ) person.place += 1;
    join(person, group);
  }
  return sortedBy([...groups.values()], ({ number }) => [number]);
}

/** Staff id -> person. */
function byStaffId(persons) {
  return new Map(persons.flatMap((person) => person.entries.map(({ staff_id }) => [staff_id, person])));
}

/** Rows of duties.csv or substitutes.csv. @returns a function that gives those of a post's role, time and site */
function byPlace(rows) {
  const nameOf = ({ site_id, date, half }, role) => [role, site_id, date, half].join("\u0000");
  const listed = new Map();
  for (const row of rows) {
    const name = nameOf(row, row.role);
    if (!listed.has(name)) listed.set(name, []);
    listed.get(name).push(row);
  }
  return ({ role, session }) => listed.get(nameOf(session, role)) ?? [];
}

/** Section 11, duties: the id of a row if that entry is able to do the post; else undefined. */
function sameEntry(person, post, staff_id) {
  return entriesFor(person, post).find((entry) => entry.staff_id === staff_id && isLicensed(entry, post))?.staff_id;
}

/** Section 11, duties: all three steps. @returns the duties that ended and began, each with the reason */
function redrawDuties({ duties, substitutes }, persons, posts, rules, isOver) {
  const personOf = byStaffId(persons);
  const told = keepDuties(duties, personOf, posts, rules);
  const ahead = posts.filter((post) => !isOver(post));
  told.began.push(...callSubstitutes(substitutes, personOf, ahead, rules));
  const fixed = persons.map(({ at }) => at); // these are never passed on, and leave no time for others
  for (const person of persons) person.at = [];
  const lacking = ahead.filter((post) => lack(post) > 0);
  for (const post of lacking) post.fitting = post.fitting.filter(({ number }) => !fixed[number][post.time]);
  fill(persons, lacking);
  level(persons, lacking);
  for (const post of lacking) {
    const drawn = post.holders.filter((person) => person.at[post.time] === post);
    told.began.push(...drawn.map((person) => ({ ...dutyOf(person, post), reason: "空岗由抽签补派" })));
  }
  for (const person of persons) fixed[person.number].forEach((post, time) => { person.at[time] = post; });
  return told;
}

/** Section 11, duties, step 1. `under` of a post holds the ids under which duties are kept. */
function keepDuties(duties, personOf, posts, rules) {
  const [ended, began] = [[], []];
  const end = (row, reason) => ended.push({ ...row, reason });
  const known = duties.filter(({ staff_id }) => personOf.has(staff_id));
  const [rowsAt, without] = [byPlace(known), new Set(known)]; // rows without a post
  for (const row of duties) if (!personOf.has(row.staff_id)) end(row, "已不在考务人员名单");
  for (const post of posts) {
    const rows = rowsAt(post).filter(({ room }) => Number(room) === post.room);
    for (const row of sortedBy(rows, ({ staff_id }) => [personOf.get(staff_id).number, staff_id])) {
      without.delete(row);
      const person = personOf.get(row.staff_id);
      const reason = whyNot(person, post, rules);
      if (reason) {
        end(row, reason);
        continue;
      }
      take(person, post);
      post.under.set(person, sameEntry(person, post, row.staff_id) ?? entryFor(person, post).staff_id);
      if (post.under.get(person) === row.staff_id) continue;
      end(row, OTHER_ID);
      began.push({ ...dutyOf(person, post), reason: OTHER_ID });
    }
  }
  for (const row of without) end(row, "这一岗位已经没有考生");
  return { ended, began };
}

/** Section 11, duties: why a person may not take a post as things stand; null where that may be. */
function whyNot(person, post, rules) {
  const broken = rules.against(person, post);
  if (broken) return END_WORDS[broken] ?? broken;
  if (person.at[post.time]) return "同时另有任务";
  if (!hasRoom(person)) return "已达最多场次";
  return lack(post) > 0 ? null : "所需人数减少";
}

/** Section 11, duties, step 2. @returns the duties that began */
function callSubstitutes(substitutes, personOf, posts, rules) {
  const began = [];
  const namedAt = byPlace(substitutes.filter(({ staff_id }) => personOf.has(staff_id)));
  for (const post of posts) {
    for (const { staff_id, order } of sortedBy(namedAt(post), (row) => [Number(row.order)])) {
      const person = personOf.get(staff_id);
      if (whyNot(person, post, rules)) continue;
      take(person, post);
      began.push({ ...dutyOf(person, post), reason: `按候补顺序第 ${order} 名递补` });
    }
  }
  return began;
}

/** The row of duties.csv of a person who holds a post. */
function dutyOf(person, post) {
  const { session: { site_id, date, half }, role, room } = post;
  return { staff_id: post.under.get(person) ?? entryFor(person, post).staff_id, role, site_id, date, half, room };
}

/** Section 11, substitutes named: of a session and role, asked for by item, who stays named, with the id, in order. */
function stillNamed(before, asked, free, personOf, rules) {
  const staying = new Map();
  for (const { staff_id } of sortedBy(before, (row) => [Number(row.order)])) {
    const person = personOf.get(staff_id);
    if (!free.includes(person) || staying.has(person)) continue;
    const post = asked.find((one) => !rules.against(person, one));
    if (post) staying.set(person, entryFor(person, post).staff_id);
  }
  return staying;
}

/** Section 11: the rows of difference.csv. */
function differenceRows({ touched, lost_seats, other_exceptions }, people, held, duties) {
  const now = new Map(people.map((person) => [person.id, person]));
  const why = [
    ...touched,
    ...lost_seats.map((one) => ({ ...one, reason: "原座位不能再用，场次不变" })),
    ...other_exceptions.map((one) => ({ ...one, reason: "位置不变，只是例外情形随事实改变" })),
  ];
  const told = new Map([...why].reverse().map((one) => [one.trainee_id, one])); // the first reason counts
  const rows = [];
  for (const { trainee_id: id, kind, before: place, reason } of sortedBy([...told.values()], (one) => [one.trainee_id])) {
    const person = now.get(id);
    const isPlaced = person && person.session !== null;
    const from = place ? placeWords(place) : "";
    const to = isPlaced ? placeWords({ ...held[person.session], ...person }) : "";
    if (from === to && kind !== "added") continue;
    rows.push(["trainee", id, from, to, person && !isPlaced ? `${reason}；${person.reason}` : reason]);
  }
  const ended = duties.ended.map((row) => ["duty", row.staff_id, dutyWords(row), "", row.reason]);
  const began = duties.began.map((row) => ["duty", row.staff_id, "", dutyWords(row), row.reason]);
  return [...rows, ...sortedBy([...ended, ...began], (row) => row)];
}

/** Section 11, difference.csv: words for a time at a site. */
function timeWords({ site_id, date, half }) {
  return `${site_id} ${date} ${half === "am" ? "上午" : "下午"}`;
}

/** Section 11, difference.csv: words for a trainee's place. */
function placeWords({ room, seat, group, place, exceptions, ...session }) {
  const seated = room ? ` 第${room}考场${seat}号座` : "";
  const working = group ? ` 第${group}组${place}号工位` : "";
  return timeWords(session) + seated + working + (exceptions.length > 0 ? ` 例外：${exceptions.join("、")}` : "");
}

/** Section 11, difference.csv: words for a duty. */
function dutyWords({ role, room, ...session }) {
  const words = { invigilator: `监考 第${room}考场`, examiner: `考评 第${room}组`, patrol: "巡考" };
  return `${timeWords(session)} ${words[role]}`;
}

/** Section 8: the one form of a line, such as the source of the public value; null where it has none. */
function oneLine(text) {
  const line = text.replace(/[\t-\r \u0085\u00a0\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/gu, " ").replace(/^ | $/g, "");
  const unseen = /[\0-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]/u;
  const length = [...line].length; // code points
  return length > 0 && length <= 1000 && !unseen.test(line) ? line : null;
}

/** Section 8: the one form of a public value; null where it has none. */
function publicValue(text) {
  const line = oneLine(text.replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0)));
  return /^[ -~\u3400-\u4dbf\u4e00-\u9fff]+$/u.test(line ?? "") ? line : null;
}

/** Section 8: whether a public value is written as a form says; of what is no form, none is. */
function isWrittenAs(value, form) {
  if (publicValue(form) !== form || !/[0-9A-Za-z]/.test(form) || value.length !== form.length) return false;
  const kinds = [/[0-9]/, /[A-Z]/, /[a-z]/];
  return [...form].every((due, at) => {
    const kind = kinds.find((one) => one.test(due));
    return kind ? kind.test(value[at]) : value[at] === due;
  });
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
function revealChecks(announcement, plan, record) {
  const { secret, public_value: value } = record.reveal;
  const codes = [announcement.secret_commitment, ...announcement.substitute_commitments];
  return [
    report("announcement.json 的格式", "zhengkao-announcement/1", announcement.format),
    report("公告的内容", FIRST_ANNOUNCEMENT, keysOf(announcement)),
    ...termChecks(announcement, plan, record, codes),
    report("密封码的指纹", commitment(0, secret), announcement.secret_commitment),
    report("种子", seedOf(announcement, secret, value), record.seed),
  ];
}

/** Section 8: what the announcements of a first draw and of a change have in common. @returns {boolean[]} */
function termChecks(announcement, plan, { reveal, drawn_at }, codes) {
  const { public_value: value, announcement_digest } = reveal;
  const { announced_at, public_moment, public_form: form } = announcement;
  const written = [announced_at, public_moment, drawn_at].every(isMoment);
  const [announced, known, drawn] = [announced_at, public_moment, drawn_at].map(Date.parse);
  return [
    reportNone("公告中各指纹的写法", codes.filter((code) => !/^[0-9a-f]{64}$/.test(code))),
    report("公告中公开数值的来源是一行文字", oneLine(announcement.public_source), announcement.public_source),
    report("announcement.json 的摘要", ownDigest(announcement), announcement.digest),
    report("draw.json 中的公告摘要", announcement.digest, announcement_digest),
    report("公告中的计划摘要", plan.digest, announcement.plan_digest),
    report("公告中的名单摘要", plan.list_digest, announcement.list_digest),
    report("公告中的规则摘要", plan.rules_digest, announcement.rules_digest),
    report("公开数值的统一形式", publicValue(value), value),
    report("公开数值的写法是公告约定的，或公告没有约定", true, form === undefined || isWrittenAs(value, form)),
    report("先公告、再产生公开数值、后抽签", true, written && announced < known && known <= drawn),
  ];
}

/** The keys of an announcement, sorted, but for the one that may be missing. */
function keysOf(announcement) {
  return Object.keys(announcement).filter((name) => name !== "public_form").sort().join(" ");
}

/** Section 8: the announcement for people is there where there is one; its words are not compared. @returns {boolean} */
function textCheck(has) {
  if (has("announcement.txt")) say("没有核对　announcement.txt 的文字：以 announcement.json 为准");
  return report("有没有 announcement.txt", has("announcement.json"), has("announcement.txt"));
}

/** Section 11: the seed of an announced change. */
function changeSeedOf(announcement, code, value) {
  const { parent, plan_digest, changes_digest } = announcement;
  const fixed = [code, parent, plan_digest, changes_digest, ownDigest(announcement)];
  return sha256("zhengkao/replan/2", ZERO, ...fixed.map((hex) => Buffer.from(hex, "hex")), value).toString("hex");
}

/** Section 11: hold an announced change against its announcement. @returns {boolean[]} an outcome for each thing checked */
function changeRevealChecks(announcement, plan, record, earlier) {
  const { code, reveal, change_number, parent, changes_digest, committed } = record;
  const own = commitment(change_number, code);
  const about = { change_number, parent, changes_digest, committed, code_commitment: own };
  const told = Object.fromEntries(Object.keys(about).map((name) => [name, announcement[name] ?? null]));
  const codes = [own, announcement.code_commitment, announcement.parent, announcement.changes_digest];
  return [
    report("announcement.json 的格式", "zhengkao-change-announcement/1", announcement.format),
    report("变更公告的内容", CHANGE_ANNOUNCEMENT, keysOf(announcement)),
    ...termChecks(announcement, plan, record, codes),
    report("变更公告所写的次数、前一次、变更表和备用码", canonical(about), canonical(told)),
    report("种子", changeSeedOf(announcement, code, reveal.public_value), record.seed),
    report("变更公告的时间不早于前一次抽签", true, momentOf(earlier.drawn_at) <= momentOf(announcement.announced_at)),
  ];
}

/** Say whether two texts are equal. @returns {boolean} */
function report(label, due, given) {
  say(due === given ? `一致　${label}` : `不同　${label}：应为 ${due}，实为 ${given}`);
  return due === given;
}

/** Say whether a file holds the bytes it should. @returns {boolean} */
function reportFile(name, due, given) {
  const at = due.findIndex((byte, index) => byte !== given[index]);
  const line = due.subarray(0, at < 0 ? due.length : at).filter((byte) => byte === 10).length + 1;
  say(due.equals(given) ? `一致　${name}，${due.length} 字节` : `不同　${name}：从第 ${line} 行起`);
  return due.equals(given);
}

/** Say whether a list of what is wrong is empty. @returns {boolean} */
function reportNone(label, wrong) {
  say(wrong.length === 0 ? `一致　${label}` : `不同　${label}：${wrong.slice(0, 10).join("、")}`);
  return wrong.length === 0;
}

/** The rows of a CSV file of section 7, as objects. */
function csvRows(bytes) {
  const text = textOf(bytes).replace(BYTE_ORDER_MARK, "");
  const lines = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    lines.at(-1).push(quoted?.replaceAll('""', '"') ?? plain);
    if (end !== ",") lines.push([]);
  }
  const [header, ...rest] = lines.filter((line) => line.length > 1);
  return rest.map((line) => Object.fromEntries(header.map((name, at) => [name, line[at]])));
}

/** UTF-8 as text, a byte order mark included. */
function textOf(bytes) {
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
}

/** A folder on the disk: what is in it, and every file below it by its path. */
function onDisk(folder) {
  return {
    has: (name) => existsSync(join(folder, name)),
    bytesOf: (name) => readFileSync(join(folder, name)),
    within: (name) => onDisk(join(folder, name)),
    names: () => readdirSync(folder),
    paths: () =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => !entry.isDirectory())
        .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).replaceAll("\\", "/")),
  };
}

/** The same of a folder whose files stand in a vectors file, by path, CSV files without byte order mark. */
function inMemory(files, start = "") {
  const paths = Object.keys(files).filter((path) => path.startsWith(start)).map((path) => path.slice(start.length));
  const bytesOf = (name) => {
    demand(Object.hasOwn(files, start + name), `没有这个文件：${start}${name}`);
    return Buffer.from((name.endsWith(".csv") ? BYTE_ORDER_MARK : "") + files[start + name]);
  };
  return {
    has: (name) => paths.some((path) => path === name || path.startsWith(`${name}/`)),
    bytesOf,
    within: (name) => inMemory(files, `${start}${name}/`),
    names: () => [...new Set(paths.map((path) => path.split("/")[0]))],
    paths: () => paths,
  };
}

/** Read the plan, the record and, as they are needed, the other files of a folder. */
function openFolder({ has, bytesOf }) {
  const jsonOf = (name) => parseJson(textOf(bytesOf(name)));
  const rowsOf = (name) => (has(name) ? csvRows(bytesOf(name)) : []);
  return { has, bytesOf, jsonOf, rowsOf, plan: jsonOf("plan.json"), record: jsonOf("draw.json") };
}

/** Draw a plan again and hold a folder's files against what comes out. @returns {boolean} whether everything is equal */
function compareDraw({ plan, record, has, bytesOf }) {
  if (!report("plan.json 的摘要", ownDigest(plan), plan.digest)) return false; // such a plan is not drawn
  demandPlan(plan);
  const { files, seating } = draw(plan, record.seed);
  const present = Object.keys(HEADERS).filter(has);
  const due = Object.entries(files).map(([name, text]) => [name, Buffer.from(BYTE_ORDER_MARK + text)]);
  const digests = Object.fromEntries(due.map(([name, bytes]) => [name, sha256(bytes).toString("hex")]));
  const checks = [
    report("draw.json 中的计划摘要", plan.digest, record.plan_digest),
    report("有哪些 CSV 文件", Object.keys(files).join("、"), present.join("、")),
    ...due.map(([name, bytes]) => reportFile(name, bytes, bytesOf(name))),
    report("draw.json 写出了哪些 CSV 文件", Object.keys(files).sort().join("、"), Object.keys(record.files).sort().join("、")),
    ...due.map(([name]) => report(`draw.json 中 ${name} 的摘要`, digests[name], record.files[name])),
    report("draw.json 中的结果摘要", sha256(canonical(digests)).toString("hex"), record.result_digest),
    report("draw.json 中的座位数字", canonical(seating ?? {}), canonical(record.seating ?? {})),
    report("draw.json 的摘要", ownDigest(record), record.digest),
  ];
  return checks.every(Boolean);
}

/** Section 7: documents and numbers of a record. @returns {boolean[]} an outcome for each thing checked */
function restChecks({ plan, record, has, bytesOf, rowsOf }) {
  const isDue = ([name, digest]) => has(name) && sha256(bytesOf(name)).toString("hex") === digest;
  const others = Object.entries(record.documents ?? {}).filter((one) => !isDue(one));
  const counts = ["assignments.csv", "unassigned.csv", "vacancies.csv"].map((name) => rowsOf(name).length);
  const vacant = record.vacant ?? (plan.staff?.length ? "缺" : 0);
  const names = Object.keys(record.documents ?? {});
  const due = plan.change ? [...PAGES, ...(record.unplaced > 0n ? REMEDIES : [])] : PAGES.slice(0, 1);
  const strays = [...PAGES, ...(plan.change ? REMEDIES : [])].filter((name) => has(name) && !names.includes(name));
  const unnamed = REMEDIES.filter((name) => has(name) && !names.includes(name));
  if (!plan.change && unnamed.length > 0) say(`没有核对　${unnamed.join("、")}：是做计划时写出的，记录里没有摘要`);
  return [
    reportNone("draw.json 中其他文件的摘要", others.map(([name]) => name)),
    reportNone("记录之外的页面", strays),
    reportNone("draw.json 中不是页面的文件", names.filter((name) => !due.includes(name))),
    report("draw.json 中的人数", counts.join("、"), [record.placed, record.unplaced, vacant].join("、")),
  ];
}

/** Sections 7 and 8: the form of the record of a first draw. @returns {boolean[]} an outcome for each thing checked */
function formChecks(record) {
  const origins = ["命令行给出的种子", "试用：命令行给出的种子", "试用：程序随机产生的种子，没有事先承诺"];
  const due = record.reveal ? [`按公告：封存的密封码与公开数值“${record.reveal.public_value}”`] : origins;
  const others = ["reveal", "documents", "vacant", "seating"];
  return recordFormChecks(record, RECORD, others, ["announcement_digest", "public_value", "secret"], due);
}

/** Section 11, record and seed: the form of the record of a change. @returns {boolean[]} an outcome for each thing checked */
function changeFormChecks(record) {
  const { change_number: k, committed, reveal } = record;
  const sealed = `公告时封存的第 ${k} 个备用码`;
  const code = committed ? sealed : "由首次抽签的种子算出的备用码";
  const atOnce = committed ? `第 ${k} 次变更：${sealed}` : `试用：第 ${k} 次变更，没有封存过备用码，由首次抽签的种子算出`;
  const due = reveal ? `第 ${k} 次变更，按变更公告：${code}与公开数值“${reveal.public_value}”` : atOnce;
  return recordFormChecks(record, [...RECORD, ...CHANGE_RECORD], ["reveal"], ["announcement_digest", "public_value"], [due]);
}

/** The form of a record: its keys, those of what is revealed, and how it may say where the seed came from. @returns {boolean[]} */
function recordFormChecks(record, needed, others, secrets, origins) {
  const missing = needed.filter((name) => !(name in record));
  const isPlain = (name) => !/[/\\]/.test(name);
  const unknown = Object.keys(record).filter((name) => ![...needed, ...others].includes(name));
  const revealed = Object.keys(record.reveal ?? {}).sort().join("、");
  const told = origins.includes(record.seed_origin) ? record.seed_origin : origins[0];
  return [
    report("draw.json 的格式", "zhengkao-draw/1", record.format),
    reportNone("draw.json 有哪些内容", [...missing, ...unknown]),
    reportNone("draw.json 中写法不对的内容", Object.keys(record).filter((name) => !hasForm(name, record[name]))),
    reportNone("draw.json 中不是文件名的名称", Object.keys(record.documents ?? {}).filter((name) => !isPlain(name))),
    report("draw.json 中公开的内容", "reveal" in record ? secrets.join("、") : "", revealed),
    report("draw.json 中的种子是小写", record.seed.toLowerCase(), record.seed),
    report("draw.json 中种子的来历", told, record.seed_origin),
    reportNone("抽签时间的写法", [record.drawn_at].filter((moment) => !isMoment(moment))),
  ];
}

/** Sections 7 and 11: whether a value of a record is a digest, or an object of digests, or whatever else it should be. */
function hasForm(name, value) {
  const isDigest = (text) => isText(text) && /^[0-9a-f]{64}$/.test(text);
  const isObject = value !== null && typeof value === "object" && !Array.isArray(value);
  if (["files", "documents", "chain_files"].includes(name)) return isObject && Object.values(value).every(isDigest);
  if (["seating", "reveal"].includes(name)) return isObject;
  if (["placed", "unplaced", "vacant", "change_number"].includes(name)) return isWhole(value);
  if (name === "committed") return typeof value === "boolean";
  return ["format", "seed_origin", "drawn_at"].includes(name) ? isText(value) : isDigest(value);
}

/** Section 7: whether a text is a moment, to the second, with its offset. */
function isMoment(text) {
  if (typeof text !== "string") return false;
  const [date, clock, hours, minutes] = /^(.{10})T(.{8})[+-](\d\d):(\d\d)$/.exec(text)?.slice(1) ?? [];
  const isClock = /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(clock);
  return isDate(date) && isClock && hours < "24" && minutes < "60";
}

/** Check a first draw and repeat it. @returns {boolean} whether everything is equal */
function repeatFirst(opened) {
  const { plan, record, has, jsonOf } = opened;
  const checks = [
    compareDraw(opened),
    ...restChecks(opened),
    ...formChecks(record),
    report("plan.json 中规则的摘要", sha256(canonical(plan.rules)).toString("hex"), plan.rules_digest),
    reportNone("最初的抽签没有的文件夹", ["chain"].filter(has)),
    textCheck(has),
    report(
      record.reveal || has("announcement.json") ? "按公告抽签" : "没有公告，记录也没有说有（种子的来历不能证明）",
      has("announcement.json"),
      Boolean(record.reveal),
    ),
  ];
  if (record.reveal) checks.push(...revealChecks(jsonOf("announcement.json"), plan, record));
  return checks.every(Boolean);
}

/** Repeat the draw of a folder, or the chain it ends. @returns {boolean} whether everything is equal */
function repeatFolder(folder) {
  const last = openFolder(folder);
  return isChange(last) ? repeatChain(folder.within("chain"), last) : repeatFirst(last);
}

/** Whether a folder is that of a change. */
function isChange({ plan, record }) {
  return record.change_number !== undefined || plan.change !== undefined;
}

/** Section 11, checking a chain. @returns {boolean} whether everything is equal */
function repeatChain(chain, last) {
  const number = Number(last.record.change_number);
  const links = chain.names().sort((a, b) => a - b);
  const numbers = Array.from({ length: number }, (_, k) => `${k}`);
  const planFile = sha256(last.bytesOf("plan.json")).toString("hex");
  const stored = new Map(chain.paths().map((path) => [path, sha256(chain.bytesOf(path)).toString("hex")]));
  const checks = [
    report("chain/ 中的文件夹", numbers.join("、"), links.join("、")),
    reportNone("chain/ 中各文件的摘要", otherFiles(stored, last.record.chain_files)),
    report("draw.json 中 plan.json 文件的摘要", planFile, last.record.plan_file),
  ];
  if (!checks.every(Boolean)) return false; // the chain is not the one that the record names
  const opened = [...numbers.map((k) => openFolder(chain.within(k))), last];
  const soFar = nothingSoFar();
  for (const [k, link] of opened.entries()) {
    say(k === 0 ? "最初的抽签：" : `第 ${k} 次变更：`);
    if (k === 0) checks.push(report("最初的抽签不是变更", false, isChange(link)), repeatFirst(link));
    else checks.push(...(k < number ? ownBytesChecks(k, link, stored) : []), repeatChange(k, link, opened[k - 1], opened[0], soFar));
  }
  return checks.every(Boolean);
}

/** Section 11, record: the paths whose files are not those of `chain_files`. */
function otherFiles(stored, due) {
  return [...new Set([...stored.keys(), ...Object.keys(due)])].filter((path) => stored.get(path) !== due[path]);
}

/** Section 11, checking: what the record of a link itself says of bytes. @returns {boolean[]} */
function ownBytesChecks(k, { record, bytesOf }, stored) {
  const before = new Map([...stored].filter(([path]) => Number(path.split("/")[0]) < k));
  return [
    reportNone("记录所写的以前各次的文件", otherFiles(before, record.chain_files)),
    report("draw.json 中 plan.json 文件的摘要", sha256(bytesOf("plan.json")).toString("hex"), record.plan_file),
  ];
}

/** Check the k-th change after its parent, and draw it again. @returns {boolean} whether everything is equal */
function repeatChange(k, link, parent, first, soFar) {
  const isBoth = Boolean(link.record.change_number && link.plan.change);
  if (!report("draw.json 与 plan.json 都是变更", true, isBoth)) return false;
  const checks = [...recordChecks(k, link, parent, first), ...followChecks(link, parent, soFar), ...touchChecks(link, parent)];
  return [...checks, compareDraw(link), ...restChecks(link)].every(Boolean);
}

/** Section 11, record and seed. @returns {boolean[]} an outcome for each thing checked */
function recordChecks(k, { plan, record, bytesOf, has, jsonOf }, parent, first) {
  const { code } = record;
  const isAnnounced = "reveal" in record;
  const sealed = first.has("announcement.json") ? first.jsonOf("announcement.json").substitute_commitments : [];
  // an announced change goes on after the last code that was sealed
  const isSealed = isAnnounced ? k <= sealed.length : first.has("announcement.json");
  const table = sha256(bytesOf("changes.csv")).toString("hex");
  const due = { number: k, parent: parent.record.digest, changes_digest: table };
  const { number, parent: named, changes_digest } = plan.change;
  const inPlan = canonical({ number, parent: named, changes_digest });
  const fixed = [code, due.parent, plan.digest, table].map((hex) => Buffer.from(hex, "hex"));
  return [
    report("draw.json 中的变更次数", `${k}`, `${record.change_number}`),
    report("draw.json 中前一次的摘要", due.parent, record.parent),
    report("draw.json 中变更表的摘要", table, record.changes_digest),
    report("plan.json 中的次数、前一次与变更表", canonical(due), inPlan),
    ...changeFormChecks(record),
    report(isAnnounced ? "按变更公告抽签" : "没有变更公告，记录也没有说有", has("announcement.json"), isAnnounced),
    textCheck(has),
    report("公告时是否封存了备用码", isSealed, record.committed),
    isSealed
      ? report("备用码的指纹", sealed[k - 1], commitment(k, code))
      : report("由最初的种子算出的码（没有封存过）", trialCode(first.record.seed, k), code),
    ...(isAnnounced && has("announcement.json")
      ? changeRevealChecks(jsonOf("announcement.json"), plan, record, parent.record)
      : [report("种子", sha256("zhengkao/replan/1", ZERO, ...fixed).toString("hex"), record.seed)]),
  ];
}

/** Section 11, record and seed: the code of change k where nothing was announced. */
function trialCode(seed, k) {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(k));
  return sha256("zhengkao/trial-substitute/1", ZERO, Buffer.from(seed, "hex"), counter).toString("hex");
}

/** Section 11, checking: a plan against its parent. @returns {boolean[]} an outcome for each thing checked */
function touchChecks({ plan, record, rowsOf }, parent) {
  const { change } = plan;
  const idsOf = (listed) => listed.map(({ trainee_id }) => trainee_id);
  const table = rowsOf("changes.csv");
  const before = {
    placed: new Map(parent.rowsOf("assignments.csv").map((row) => [row.trainee_id, row])),
    unplaced: new Set(idsOf(parent.rowsOf("unassigned.csv"))),
    registered: membersOf(parent.plan),
    seed: parent.record.seed,
  };
  const now = membersOf(plan);
  const touched = new Map(change.touched.map((one) => [one.trainee_id, one]));
  const drawn = [...now.values()].filter(({ kept }) => !kept).map(({ id }) => id);
  const due = idsOf(change.touched.filter(({ kind }) => kind !== "withdrawn"));
  const isParents = (name, rows) => canonical(parent.rowsOf(name).map(numbered)) === canonical(rows);
  return [
    reportNone("每人只在一组", twice(plan.groups.flatMap(({ trainees }) => trainees))),
    reportNone("没有触及的人各项不变，触及的人原位置属实", wronglyTold(change, before, now, touched)),
    reportNone("没有考位的人都参加，或已退考", wronglyDropped(before, now, table)),
    reportNone("参加抽签的正是触及而没有退考的人", inOne(due, drawn)),
    reportNone("触及的理由", idsOf(withoutGround(plan, before, table))),
    reportNone("由抽签决定离开的人", wronglyLeft(plan, record, before, now, touched)),
    reportNone("失去座位的人", inOne(lostSeats(plan, parent.plan, before, now), idsOf(change.lost_seats))),
    report("任务接着前一次的", true, isParents("duties.csv", change.duties)),
    report("候补接着前一次的", true, isParents("substitutes.csv", change.substitutes)),
  ];
}

/** Section 11, checking: what of the plan does not follow from its parent's and the table. @returns {boolean[]} */
function followChecks({ plan, record, rowsOf, bytesOf, has, jsonOf }, parent, soFar) {
  const rows = rowsOf("changes.csv");
  const placed = new Map(parent.rowsOf("assignments.csv").map((row) => [row.trainee_id, row]));
  const facts = { plan, rows, placed, before: parent.plan, isCorrected: rows.some(({ change }) => change === "facts"), soFar };
  takeTable(soFar, rows);
  if (facts.isCorrected) say("不能比较　变更给出了更正后的批次：变更表其他各行没有写到的，没有批次的人不能与前一份计划比较");
  return [
    report("抽签时间不早于前一次", true, momentOf(parent.record.drawn_at) <= momentOf(record.drawn_at)),
    ...overChecks(plan, "reveal" in record && has("announcement.json") ? jsonOf("announcement.json").public_moment : record.drawn_at),
    reportNone("变更表的写法", tableFaults(rows, bytesOf("changes.csv"))),
    reportNone("计划只有规定的内容，次序无误", formFaults(plan)),
    reportNone("场次和座位数来自前一份计划和变更表", sessionFaults(facts)),
    reportNone("考点和每日上限来自前一份计划和变更表", siteFaults(facts)),
    reportNone("规则和名单的摘要没有另行改动", ruleFaults(facts)),
    reportNone("考场和同时工位数没有另行改动", roomFaults(facts)),
    reportNone("工位数来自前一份计划和变更表", placesFaults(facts)),
    reportNone("考生及其项目、科目、机构和班级来自前一份计划和变更表", peopleFaults(facts)),
    reportNone("没有人安排在变更表所写日期以外", dateFaults(facts)),
    reportNone("考务人员来自前一份计划和变更表", staffFaults(facts)),
    reportNone("触及的缘由和理由与变更表一致", kindFaults(facts)),
    reportNone("本人不能参加的场次与历次变更表一致", impossibleFaults(facts)),
  ];
}

/** Section 11, following: the sessions told as over, held against the moment after which nobody is drawn. @returns {boolean[]} */
function overChecks({ sessions, rules, change }, drawn) {
  const begin = ({ date, half }) => Date.parse(`${date}T${rules.times?.[half]}:00+08:00`);
  const due = sessions.flatMap((one, number) => (begin(one) <= momentOf(drawn) ? [BigInt(number)] : []));
  if (change.over !== undefined) return [report("抽签时已经开考的场次（change.over）", due.length ? canonical(due) : "没有这个键", canonical(change.over))];
  if (due.length > 0) say("没有写　计划没有写哪些场次抽签时已经开考（以前的版本），这些场次的空岗照样补派");
  return [];
}

/** The milliseconds of a moment with its zone. */
function momentOf(text) {
  demand(/(Z|[+-]\d\d:\d\d)$/.test(text) && !Number.isNaN(Date.parse(text)), "抽签时间不是写明时区的 ISO 8601 时间");
  return Date.parse(text);
}

/** A session as one text. */
const nameOfSession = ({ site_id, date, half }) => [site_id, date, half].join("\u0000");

/** Whether each list, or text, comes after the one before it. */
function isRising(listed) {
  const keys = listed.map((one) => (Array.isArray(one) ? one : [one]));
  return keys.every((key, at) => at === 0 || compareLists(keys[at - 1], key) < 0);
}

/** Compare lists of texts, numbers and lists: the first element that differs decides, then the length. */
function compareLists(left, right) {
  for (const [at, one] of left.entries()) {
    if (at >= right.length) return 1;
    const other = right[at];
    const compare = Array.isArray(one) ? compareLists : typeof one === "string" ? byCodePoint : (a, b) => Number(a - b);
    const order = compare(one, other);
    if (order) return order;
  }
  return left.length - right.length;
}

/** Section 11, the table: what of it is not as published. */
function tableFaults(rows, bytes) {
  const written = csvText(TABLE.join(","), rows.map((row) => TABLE.map((name) => row[name] ?? "")));
  const isGood = (row, at) => {
    const stated = TABLE.filter((name) => row[name]);
    if (row.change === "facts") return at === 0 && stated.join() === "change,value" && /^[0-9a-f]{64}$/.test(row.value);
    if (!Object.hasOwn(NEEDED, row.change)) return false;
    const known = ["change", "reason", ...NEEDED[row.change], ...(ALSO[row.change] ?? [])];
    return (
      NEEDED[row.change].every((name) => row[name]) &&
      stated.every((name) => known.includes(name) && isId(row[name])) &&
      ["date", "until", "earliest", "latest", "licence_to"].every((name) => !row[name] || isDate(row[name])) &&
      ["value", "max_duties"].every((name) => !row[name] || /^(0|[1-9]\d{0,8})$/.test(row[name])) &&
      ["", "am", "pm"].includes(row.half) &&
      ["", "theory", "practical", "both"].includes(row.part) &&
      hasLists(row) &&
      hasPeriod(row)
    );
  };
  const wrong = rows.flatMap((row, at) => (isGood(row, at) ? [] : [`第 ${at + 1} 行`]));
  if (rows.length === 0 || !Buffer.from(BYTE_ORDER_MARK + written).equals(bytes)) wrong.push("不是这种 CSV 文件");
  return wrong;
}

/** Section 11, the table: the members of a list in a cell. */
function listedIn(cell) {
  return cell ? cell.split(";") : [];
}

/** Section 11, the table: whether the lists of a row are written as they should be. */
function hasLists(row) {
  const lists = ["roles", "items", "unavailable"].map((name) => listedIn(row[name]));
  const isAbsence = (text) => {
    const [first, last, half] = absenceOf(text);
    const written = half ? `${first} ${half}` : first === last ? first : `${first}..${last}`;
    return isDate(first) && isDate(last) && first <= last && ["", "am", "pm"].includes(half) && written === text;
  };
  const [roles, , absences] = lists;
  const areOnce = lists.every((list) => list.every(isId) && twice(list).length === 0) && !row.items.includes("；");
  return areOnce && roles.every((role) => ROLES.includes(role)) && absences.every(isAbsence);
}

/** Section 11, the table: first day, last day and half of a member of `unavailable`. */
function absenceOf(text) {
  const [, first, half, last] = /^(.*?)(?: (.*?))?(?:\.\.(.*))?$/s.exec(text);
  return [first, last ?? first, half ?? ""];
}

/** Section 11, the table: whether the days of a row are in order and say what they must. */
function hasPeriod({ change, date, until, half, earliest, latest }) {
  const inOrder = (one, other) => !one || !other || one <= other;
  const isOneDay = date !== "" && ["", date].includes(until);
  return (
    inOrder(date, until) &&
    inOrder(earliest, latest) &&
    (until === "" || date !== "") &&
    (change !== "staff_unavailable" || half === "" || isOneDay) &&
    (change !== "trainee_dates" || earliest + latest !== "")
  );
}

/** Section 11, one form: unknown keys, and lists that are not in their order. */
function formFaults(plan) {
  const { change, groups, denominator } = plan;
  const wrong = [...unknownKeys(plan, ""), ...typeFaults(plan)];
  for (const name of ["touched", "other_exceptions", "lost_seats"]) {
    if (!isRising(change[name].map(({ trainee_id }) => trainee_id))) wrong.push(name);
  }
  if (!isRising(change.clashes) || !change.clashes.every((ids) => ids.length > 1 && isRising(ids))) wrong.push("clashes");
  const [drawn, kept] = [groups.filter((group) => !group.kept), groups.filter((group) => group.kept)];
  const numbered = (letter, listed) => listed.map((_, at) => letter + `${at + 1}`.padStart(4, "0"));
  const names = [...numbered("G", drawn), ...numbered("K", kept)];
  const inTurn = [...drawn, ...kept];
  if (inTurn.some((group, at) => group !== groups[at] || group.group !== names[at])) wrong.push("groups");
  const several = plan.ways !== undefined; // then a group may be in blocks, which stay where it stood
  const orderOf = ({ item, part, district, trainees }, at) => [item, part, district, several ? at : trainees[0]];
  const keptOrderOf = ({ item, part, district, cells: [cell] }) => [item, part, district, cell.session, cell.exceptions];
  if (!isRising(drawn.map(orderOf))) wrong.push("参加抽签的组");
  if (!isRising(kept.map(keptOrderOf))) wrong.push("保持不动的组");
  for (const { group, trainees, cells } of groups) {
    const size = denominator * BigInt(trainees.length);
    const isGood =
      isRising(trainees) &&
      isRising(cells.map(({ session }) => session)) &&
      cells.every(({ count, chance }) => count > 0n && chance === fraction(count, size));
    if (!isGood) wrong.push(group);
  }
  for (const { group, closed, reason, unplaced, cells } of kept) {
    if (closed.length > 0 || reason !== "" || unplaced !== 0n || cells.length !== 1) wrong.push(group);
  }
  return wrong;
}

/** Section 11, one form: what is no text, no number or no list of the right length. */
function typeFaults({ groups, closed, change }) {
  const isClosed = (numbers) => isRising(numbers) && numbers.every((one) => isWhole(one, 0n, BigInt(closed.length - 1)));
  const isGood = (group) =>
    isText(group.district) && isClosed(group.closed) && (!group.kept || group.kept.length === group.trainees.length);
  const wrong = groups.filter((group) => !isGood(group)).map(({ group }) => group);
  const areWhole = change.places.every(({ session, places }) => isWhole(session) && isWhole(places));
  return areWhole ? wrong : [...wrong, "change.places"];
}

/** Section 11, one form: keys that no plan of a change has, by where they stand. */
function unknownKeys(value, where) {
  if (Array.isArray(value)) return value.flatMap((one) => unknownKeys(one, where));
  if (value === null || typeof value !== "object" || ["rules", "articles", "away"].includes(where)) return [];
  return Object.entries(value).flatMap(([name, one]) => {
    const inside = where ? `${where}.${name}` : name;
    return KEYS[where]?.split(" ").includes(name) ? unknownKeys(one, inside) : [inside];
  });
}

/** Section 11, sessions: what a table makes of those before. @returns `seats` by name (null: gone), `lost`, `faults` */
function sessionsAfter({ plan, before, rows, isCorrected }) {
  const seats = new Map(before.sessions.map((one) => [nameOfSession(one), isCorrected ? undefined : one.seats]));
  if (isCorrected) for (const one of plan.sessions) seats.set(nameOfSession(one), undefined);
  const [lost, faults] = [new Map(), []];
  for (const [at, row] of rows.entries()) {
    const name = nameOfSession({ ...row, site_id: row.id });
    if (row.change === "site_closed") {
      const isClosed = (one) => {
        const [site_id, date] = one.split("\u0000");
        return site_id === row.id && seats.get(one) !== null && covers(row, date);
      };
      const gone = [...seats.keys()].filter(isClosed);
      if (gone.length === 0 && !isCorrected) faults.push(`变更表第 ${at + 1} 行`);
      for (const one of gone) {
        seats.set(one, null);
        lost.set(one, row.reason);
      }
    } else if (["session_cancelled", "session_added", "seats"].includes(row.change)) {
      const known = seats.has(name) ? seats.get(name) : isCorrected ? undefined : null;
      if (known !== undefined && (known === null) !== (row.change === "session_added")) faults.push(`变更表第 ${at + 1} 行`);
      seats.set(name, row.change === "session_cancelled" ? null : BigInt(row.value));
      if (row.change === "session_cancelled") lost.set(name, row.reason);
      else lost.delete(name);
    }
  }
  return { seats, lost, faults };
}

/** Section 11, the table: whether a row's days hold a day. */
function covers({ date, until }, day) {
  return !date || (date <= day && day <= (until || date));
}

/** Section 11, checking: sessions. */
function sessionFaults(facts) {
  const { seats, faults } = sessionsAfter(facts);
  const held = new Map(facts.plan.sessions.map((one) => [nameOfSession(one), one.seats]));
  const listed = facts.plan.sessions.map(({ site_id, date, half }) => [site_id, date, half]);
  const isOpen = (name) => seats.has(name) && seats.get(name) === undefined; // only the corrected batch says
  const isWrong = (name) => !isOpen(name) && (seats.get(name) ?? null) !== (held.get(name) ?? null);
  const wrong = [...new Set([...seats.keys(), ...held.keys()])].filter(isWrong).map((name) => name.replaceAll("\u0000", " "));
  return [...faults, ...wrong, ...(isRising(listed) ? [] : ["次序"])];
}

/** Section 11, checking: sites. */
function siteFaults({ plan, before, rows, isCorrected }) {
  const known = new Map(isCorrected ? [] : before.sites.map((site) => [site.site_id, site]));
  const limits = new Map([...known].map(([id, site]) => [id, site.day_limit]));
  for (const { change, id, value } of rows) if (change === "day_limit") limits.set(id, BigInt(value));
  const due = sortedBy([...new Set(plan.sessions.map(({ site_id }) => site_id))], (id) => [id]);
  const isRight = (site) =>
    ["name", "kind", "city"].every((name) => !known.has(site.site_id) || site[name] === known.get(site.site_id)[name]) &&
    (!limits.has(site.site_id) || site.day_limit === limits.get(site.site_id));
  const wrong = plan.sites.filter((site) => !isRight(site)).map(({ site_id }) => site_id);
  return canonical(plan.sites.map(({ site_id }) => site_id)) === canonical(due) ? wrong : [...wrong, "哪些考点"];
}

/** Section 11, checking: rules and the digests of rules and list. */
function ruleFaults({ plan, before, rows, isCorrected }) {
  const wrong = sha256(canonical(plan.rules)).toString("hex") === plan.rules_digest ? [] : ["rules_digest"];
  if (plan.format !== before.format) wrong.push("format");
  const [form, earlierForm] = [plan, before].map(({ list_form = 1n }) => list_form);
  const isForm = [1n, 2n, 3n].includes(form) && form >= earlierForm && /^[0-9a-f]{64}$/.test(plan.list_digest);
  if (!isForm) wrong.push("list_digest、list_form");
  const isOther = (name) => name in before && canonical(plan[name] ?? null) !== canonical(before[name]);
  if (!isCorrected) wrong.push(...["rules", "rules_title"].filter(isOther));
  if (!rows.every(({ change }) => ["facts", "trainee_moved"].includes(change))) return wrong;
  const due = isCorrected ? rows[0].value : plan.list_form === before.list_form ? before.list_digest : plan.list_digest;
  return due === plan.list_digest ? wrong : [...wrong, "list_digest"];
}

/** Section 11, checking: rooms, times and stations. */
function roomFaults({ plan, before, rows, isCorrected }) {
  if (!plan.seating) return before.seating ? ["seating"] : [];
  const { room_size, columns, times, rooms } = plan.seating;
  const { staffing, seating, times: due } = plan.rules;
  const { am, pm, theory_minutes, practical_minutes } = due;
  const wrong = room_size === staffing.room_size && columns === seating.columns ? [] : ["room_size、columns"];
  if (canonical(times) !== canonical({ am, pm, theory_minutes, practical_minutes })) wrong.push("times");
  if (isCorrected || !before.seating) return wrong;
  if (canonical(rooms) !== canonical(before.seating.rooms)) wrong.push("rooms");
  const [were, are] = [before, plan].map(stationsOf);
  const workedIn = ({ groups }) => new Set(groups.filter(({ part }) => part !== "theory").map(({ item }) => item));
  const worked = [before, plan].map(workedIn);
  const held = [before, plan].map(({ sessions }) => new Set(sessions.map(nameOfSession)));
  const isFixed = ({ session, item }) =>
    worked.every((items) => items.has(item)) &&
    held.every((names) => names.has(nameOfSession(session))) &&
    lastPlaces(rows, session, item) === null;
  const isOther = ([name, one]) => isFixed(one) && were.get(name)?.stations !== are.get(name)?.stations;
  return [...were, ...are].some(isOther) ? [...wrong, "stations"] : wrong;
}

/** The stations of a plan by session and item. */
function stationsOf({ seating, sessions }) {
  const entries = seating.stations.map(({ session, ...one }) => ({ ...one, session: sessions[session] }));
  return new Map(entries.map((one) => [`${nameOfSession(one.session)}\u0000${one.item}`, one]));
}

/** Section 11, the table: the places that the last row about a session and an item states; null where there is none. */
function lastPlaces(rows, { site_id, date, half }, item) {
  const isAbout = (row) =>
    row.change === "places" &&
    row.id === site_id &&
    row.item === item &&
    ["", date].includes(row.date) &&
    ["", half].includes(row.half);
  const row = rows.findLast(isAbout);
  return row ? BigInt(row.value) : null;
}

/** Section 11, following: what no table and no plan says yet. */
function nothingSoFar() {
  return { windows: new Map(), rows: [], places: new Map() };
}

/** Section 11, following: take in a table, and give what is certain after it; a corrected batch leaves nothing certain. */
function takeTable(soFar, rows) {
  if (rows.some(({ change }) => change === "facts")) Object.assign(soFar, nothingSoFar());
  for (const row of rows) {
    const { change, id, earliest, latest } = row;
    const [first, last] = soFar.windows.get(id) ?? ["", ""];
    if (change === "places") soFar.rows.push(row);
    else if (change === "trainee_added") soFar.windows.set(id, [earliest, latest]);
    else if (change === "trainee_dates") soFar.windows.set(id, [earliest || first, latest || last]);
    else if (change === "trainee_withdrawn") soFar.windows.delete(id);
  }
}

/** Section 11, following: take in what the plan of a change says of places. */
function takePlaces({ places }, { sessions, change }) {
  for (const one of change.places) places.set(`${nameOfSession(sessions[one.session])}\u0000${one.item}`, one.places);
}

/** Section 11, following: the places for an item in a session, undefined where nobody knows. */
function placesSoFar(soFar, session, item) {
  return lastPlaces(soFar.rows, session, item) ?? soFar.places.get(`${nameOfSession(session)}\u0000${item}`);
}

/** Section 11, following: who sits, or may be drawn, on a day on which the tables say that they cannot come. */
function dateFaults({ plan, soFar }) {
  return plan.groups.flatMap(({ trainees, cells }) => {
    const days = cells.map(({ session }) => plan.sessions[session].date);
    return trainees.filter((id) => {
      const [first, last] = soFar.windows.get(id) ?? ["", ""];
      return days.some((day) => day < first || (last && day > last));
    });
  });
}

/** Section 11, following: items of sessions that take more people, kept and drawn, than they have places. */
function overfullItems({ plan, soFar }) {
  const { sessions, denominator, change } = plan;
  const stated = new Map(change.places.map((one) => [`${one.session} ${one.item}`, one.places]));
  const partsOf = (name) => [sessions[name.split(" ", 1)[0]], name.slice(name.indexOf(" ") + 1)];
  const nameOf = (name) => partsOf(name).map((part) => (isText(part) ? part : nameOfSession(part).replaceAll("\u0000", " "))).join(" ");
  const isOver = ([name, count]) => {
    const most = placesSoFar(soFar, ...partsOf(name)) ?? stated.get(name);
    return most !== undefined && count > most * denominator;
  };
  return inEachWay(plan).flatMap(({ groups }) => {
    const people = new Map();
    for (const { item, part, cells } of groups) {
      for (const { session, count } of part === "theory" ? [] : cells) {
        people.set(`${session} ${item}`, (people.get(`${session} ${item}`) ?? 0n) + count);
      }
    }
    return [...people].filter(isOver).map(([name]) => `${nameOf(name)} 的人数超过工位数`);
  });
}

/** Section 11, checking: `change.places`. */
function placesFaults(facts) {
  const { plan, placed, isCorrected, soFar } = facts;
  const leaving = plan.change.touched.filter(({ kind }) => ["clash", "limit"].includes(kind));
  const left = new Set(leaving.map(({ trainee_id }) => trainee_id));
  const people = new Map(); // by session and item, those who could stay but for the limits
  for (const { item, part, trainees, kept } of plan.groups) {
    for (const id of part === "theory" ? [] : trainees) {
      if ((!kept && !left.has(id)) || !placed.has(id)) continue;
      const { site_id, date, half } = placed.get(id);
      const name = [site_id, date, half, item].join("\u0000");
      people.set(name, (people.get(name) ?? 0n) + 1n);
    }
  }
  const due = sortedBy([...people.keys()], (name) => name.split("\u0000"));
  const names = plan.change.places.map(({ session, item }) => `${nameOfSession(plan.sessions[session])}\u0000${item}`);
  const isRight = ({ session, item, places }, at) => {
    const stated = placesSoFar(soFar, plan.sessions[session], item);
    return stated === undefined ? isCorrected || places >= (people.get(names[at]) ?? 0n) : places === stated;
  };
  const wrong = plan.change.places.filter((one, at) => !isRight(one, at)).map(({ item }) => item);
  if (canonical(due) !== canonical(names)) wrong.push("列了哪些");
  wrong.push(...overfullItems(facts));
  takePlaces(soFar, plan);
  return wrong;
}

/** Everybody in a plan, by id: item, part, and district, institution and class as texts, undefined where not told. */
function statedOf({ groups, institutions, classes }) {
  const statedIn = ({ item, part, district, institution, class: ofClass }, at) => ({
    item,
    part,
    district: district || undefined,
    institution: institutions?.[institution[at]],
    class: classes && (classes[ofClass[at]] ?? ""),
  });
  return new Map(groups.flatMap((group) => group.trainees.map((id, at) => [id, statedIn(group, at)])));
}

/** Section 11, checking: who is registered, and as what. */
function peopleFaults({ plan, before, rows, isCorrected }) {
  const [known, now] = [isCorrected ? new Map() : statedOf(before), statedOf(plan)];
  const [absent, withdrawn, wrong] = [new Set(), new Set(), []];
  for (const [at, row] of rows.entries()) {
    if (!row.change.startsWith("trainee_")) continue;
    const { id, change, item, part, district, institution_id: institution, class_id } = row;
    const isThere = known.has(id) || (isCorrected && !absent.has(id));
    const isGood = change === "trainee_added" ? !known.has(id) && !withdrawn.has(id) : isThere;
    if (!isGood) wrong.push(`变更表第 ${at + 1} 行`);
    if (change === "trainee_added") {
      known.set(id, { item, part: part || "both", district: district || undefined, institution, class: class_id });
      absent.delete(id);
    } else if (change === "trainee_withdrawn") {
      known.delete(id);
      for (const listed of [absent, withdrawn]) listed.add(id);
    }
  }
  const isEqual = (one, other) => one === undefined || other === undefined || one === other; // undefined: not told
  const isSame = (due, given) => Object.keys(due).every((name) => isEqual(due[name], given[name]));
  wrong.push(...[...known.keys()].filter((id) => !now.has(id) || !isSame(known.get(id), now.get(id))));
  wrong.push(...[...now.keys()].filter((id) => (isCorrected ? absent.has(id) : !known.has(id))));
  if (plan.trainees !== BigInt(now.size)) wrong.push("trainees");
  wrong.push(...listFaults(plan));
  const accessible = plan.seating?.accessible ?? [];
  if (!isRising(accessible) || !accessible.every((id) => now.has(id))) wrong.push("accessible");
  if (isCorrected || !plan.seating || !before.seating) return wrong;
  const added = new Set(rows.filter(({ change }) => change === "trainee_added").map(({ id }) => id));
  const needed = before.seating.accessible.filter((id) => now.has(id));
  return [...wrong, ...inOne(needed, accessible.filter((id) => !added.has(id) || needed.includes(id)))];
}

/** Section 11, checking: institutions and classes are those of the people, in order, each once. */
function listFaults({ groups, institutions, classes }) {
  if (!institutions) return [];
  const used = groups.flatMap((group) => group.institution.map((institution, at) => [institution, group.class[at]]));
  const numbers = [...new Set(used.map(([institution]) => Number(institution)))];
  const inClasses = used.filter(([, ofClass]) => ofClass >= 0n);
  const pairs = new Set(inClasses.map(([institution, ofClass]) => `${ofClass} ${institution}`));
  const classOf = sortedBy([...pairs].map((pair) => pair.split(" ").map(Number)), (pair) => pair);
  const isRight =
    used.every(([, ofClass]) => ofClass >= -1n) &&
    numbers.length === institutions.length &&
    isRising(institutions) &&
    classOf.length === classes.length &&
    classOf.every(([ofClass], at) => ofClass === at) &&
    isRising(classOf.map(([ofClass, institution]) => [classes[ofClass], institutions[institution]]));
  return isRight ? [] : ["institutions、classes"];
}

/** Section 11, checking: the staff. */
function staffFaults({ plan, before, rows, isCorrected }) {
  const byId = (listed) => new Map((listed ?? []).map((one) => [one.staff_id, one]));
  const [now, known] = [byId(plan.staff), byId(isCorrected ? [] : before.staff)];
  const added = new Map(rows.filter(({ change }) => change === "staff_added").map((row) => [row.id, row]));
  const away = rows.filter(({ change }) => change === "staff_unavailable");
  const due = [...known.keys(), ...added.keys()];
  const wrong = isRising((plan.staff ?? []).map(({ staff_id }) => staff_id)) ? [] : ["次序"];
  wrong.push(...twice(due), ...due.filter((id) => !now.has(id)));
  wrong.push(...[...now.values()].filter((entry) => !hasFirstId(entry, now)).map(({ staff_id }) => staff_id));
  if (!isCorrected) wrong.push(...[...now.keys(), ...away.map(({ id }) => id)].filter((id) => !due.includes(id)));
  const stretchOf = ({ date, until, half }) => [date || "1900-01-01", until || date || "2199-12-31", half].join();
  const absencesOf = ({ unavailable }) => unavailable.map(({ from, to, half }) => [from, to, half].join());
  for (const [id, entry] of now) {
    const stated = away.filter((row) => row.id === id).map(stretchOf);
    const absences = absencesOf(entry);
    const earlier = added.has(id) ? undefined : known.get(id);
    const isRight = earlier ? isSameEntry(entry, earlier) : !added.has(id) || isAsAdded(entry, added.get(id));
    const missing = stated.filter((one) => !absences.includes(one));
    const own = added.has(id) ? listedIn(added.get(id).unavailable).map((one) => absenceOf(one).join()) : absencesOf(earlier ?? { unavailable: [] });
    const others = earlier || added.has(id) ? [...inOne([...stated, ...own], absences), ...twice(absences)] : [];
    if (!isRight || missing.length + others.length > 0) wrong.push(id);
  }
  return isCorrected || !before.staff ? wrong : [...wrong, ...tieFaults(plan, before, rows), ...distanceFaults(plan, before)];
}

/** Section 11, staff: whether an entry names its person by the first id, and sits as that one does. */
function hasFirstId({ staff_id, person, sits_as }, byId) {
  const first = byId.get(person);
  const isFirst = first?.person === person && byCodePoint(person, staff_id) <= 0;
  return isFirst && isRising(sits_as) && canonical(sits_as) === canonical(first.sits_as);
}

/** Section 11, staff: whether an entry has what nothing in a table changes. */
function isSameEntry(entry, earlier) {
  const names = ["roles", "items", "district", "licence_to", "max_duties"];
  return names.every((name) => canonical(entry[name]) === canonical(earlier[name]));
}

/** Section 11, staff: whether an entry is what the row that adds it says; its absences are compared elsewhere. */
function isAsAdded({ roles, items, district, licence_to, max_duties }, row) {
  const sorted = (cell) => sortedBy([...new Set(listedIn(cell))], (one) => [one]);
  const due = {
    roles: sorted(row.roles),
    items: sorted(row.items),
    district: row.district,
    licence_to: row.licence_to || null,
    max_duties: row.max_duties ? BigInt(row.max_duties) : null,
  };
  return canonical({ roles, items, district, licence_to, max_duties }) === canonical(due);
}

/** Section 11, staff: ids of whom somebody has lost or got ties, as far as both plans know days, sites and people. */
function tieFaults(plan, before, rows) {
  const isAdding = rows.some(({ change }) => ["trainee_added", "staff_added"].includes(change));
  const inBoth = (listOf) => {
    const earlier = new Set(listOf(before));
    return [...new Set(listOf(plan))].filter((one) => earlier.has(one));
  };
  const days = inBoth(({ sessions }) => sessions.map(({ date }) => date));
  const registered = new Set(inBoth(({ groups }) => groups.flatMap(({ trainees }) => trainees)));
  const known = {
    all: new Set([""]),
    site: new Set(inBoth(({ sites }) => sites.map(({ site_id }) => site_id))),
    institution: new Set(inBoth(({ institutions }) => institutions)),
    trainee: registered,
  };
  const barredOf = ({ conflicts }) =>
    conflicts
      .filter(({ kind, id }) => known[kind]?.has(id))
      .flatMap(({ kind, id, from, to }) => {
        const barred = days.filter((day) => (from ?? day) <= day && day <= (to ?? day));
        return barred.map((day) => [kind, id, day].join("\u0000"));
      });
  const idsOf = ({ sits_as }) => sits_as.filter((id) => registered.has(id));
  const now = new Map(plan.staff.map((one) => [one.staff_id, one]));
  const isRight = (was) => {
    const is = now.get(was.staff_id);
    if (!is) return true;
    const ties = [[idsOf(was), idsOf(is)], [barredOf(was), barredOf(is)]].map((lists) => lists.map((list) => new Set(list)));
    const isWithin = (some, others) => [...some].every((one) => others.has(one));
    const isKept = ties.every(([were, are]) => isWithin(were, are));
    return isKept && (isAdding || (ties.every(([were, are]) => isWithin(are, were)) && was.person === is.person));
  };
  return before.staff.filter((was) => !isRight(was)).map(({ staff_id }) => staff_id);
}

/** Section 11, staff: distances of other districts and sites, or other ones than before. */
function distanceFaults({ staff, sites, away }, before) {
  const sameIds = (some, others) => inOne(some, others).length === 0;
  const districts = [...new Set(staff.map(({ district }) => district))].filter(Boolean);
  const held = sites.map(({ site_id }) => site_id);
  const isWhole = sameIds(districts, Object.keys(away)) && Object.values(away).every((of) => sameIds(held, Object.keys(of)));
  const isSame = ([district, of]) => Object.entries(of).every(([site, far]) => (away[district]?.[site] ?? far) === far);
  return isWhole && Object.entries(before.away).every(isSame) ? [] : ["away"];
}

/** Section 11, checking: ids of who is touched as another kind, or for another reason, than is true. */
function kindFaults(facts) {
  const { plan, before, rows, placed, isCorrected } = facts;
  const [now, was] = [statedOf(plan), statedOf(before)];
  const held = new Set(plan.sessions.map(nameOfSession));
  const moved = new Set(rows.filter(({ change }) => change === "trainee_moved").map(({ id }) => id));
  const touched = new Map(plan.change.touched.map((one) => [one.trainee_id, one]));
  const kindOf = ([id, row]) => {
    if (!now.has(id)) return "withdrawn";
    if (moved.has(id)) return "moved";
    if (["item", "part"].some((name) => now.get(id)[name] !== was.get(id)[name])) return "facts";
    return held.has(nameOfSession(row)) ? undefined : "gone";
  };
  const isKind = (one) => {
    const [due, given] = [kindOf(one), touched.get(one[0])?.kind];
    return due === given || (due === undefined && ["rule", "limit", "clash"].includes(given));
  };
  const reasonsOf = reasonsBy(facts);
  const isReason = (one) =>
    one.kind === "rule" ? one.reason.startsWith("原场次不再允许：") : reasonsOf(one).includes(one.reason);
  const isAdding = rows.some(({ change }) => ["trainee_added", "staff_added"].includes(change));
  return [
    ...[...placed].filter((one) => !isKind(one)).map(([id]) => id),
    ...[...moved].filter((id) => !placed.has(id)),
    ...plan.change.touched.filter((one) => !isReason(one)).map(({ trainee_id }) => trainee_id),
    ...(plan.change.clashes.length > 0 && !isCorrected && !isAdding ? ["clashes"] : []),
  ];
}

/** Section 11, reasons. @returns a function that gives the reasons that somebody touched may have, but for `rule` */
function reasonsBy(facts) {
  const { plan, rows, placed, isCorrected } = facts;
  const { lost } = sessionsAfter(facts);
  const limitKinds = limitsReached(facts);
  const groupOf = new Map(plan.groups.flatMap((group) => group.trainees.map((id) => [id, group])));
  const said = (words, stated) => (stated ? `${words}（${stated}）` : words);
  const ofLimit = (id) => {
    const row = placed.get(id);
    for (const kind of limitKinds(groupOf.get(id), row)) {
      const concerns = (one) =>
        (one.change === kind || (kind === "seats" && one.change === "session_added")) && one.id === row.site_id && ["", row.date].includes(one.date) && ["", row.half].includes(one.half) &&
        (kind !== "places" || one.item === groupOf.get(id).item);
      const reason = rows.findLast(concerns)?.reason;
      if (reason) return reason;
    }
    return "";
  };
  return ({ trainee_id: id, kind }) => {
    if (!Object.hasOwn(KIND_WORDS, kind)) return [];
    const words = KIND_WORDS[kind];
    if (kind === "limit") return placed.has(id) ? [said(words, ofLimit(id))] : [];
    if (kind === "gone") {
      const stated = placed.has(id) ? lost.get(nameOfSession(placed.get(id))) : "";
      return [...(isCorrected ? [words] : []), said(words, stated)];
    }
    return [said(words, rows.find((row) => row.change === KIND_ROWS[kind] && row.id === id && row.reason)?.reason)];
  };
}

/** Section 11, reasons. @returns a function that gives which limits those who stay reach, for a group and a place */
function limitsReached({ plan, placed }) {
  const counts = new Map();
  const count = (...name) => counts.get(name.join("\u0000")) ?? 0n;
  const add = (...name) => counts.set(name.join("\u0000"), count(...name) + 1n);
  for (const { item, part, trainees } of plan.groups.filter(({ kept }) => kept)) {
    for (const row of trainees.map((id) => placed.get(id)).filter(Boolean)) {
      add("seats", nameOfSession(row));
      add("day", row.site_id, row.date);
      add("places", nameOfSession(row), part === "theory" ? "" : item);
    }
  }
  const seats = new Map(plan.sessions.map((one) => [nameOfSession(one), one.seats]));
  const days = new Map(plan.sites.map(({ site_id, day_limit }) => [site_id, day_limit]));
  const placesNameOf = ({ session, item }) => `${nameOfSession(plan.sessions[session])}\u0000${item}`;
  const places = new Map(plan.change.places.map((one) => [placesNameOf(one), one.places]));
  return ({ item, part }, row) => {
    const name = nameOfSession(row);
    const day = days.get(row.site_id) ?? null;
    const reached = {
      seats: count("seats", name) >= seats.get(name),
      places: part !== "theory" && count("places", name, item) >= places.get(`${name}\u0000${item}`),
      day_limit: day !== null && count("day", row.site_id, row.date) >= day,
    };
    return Object.keys(reached).filter((kind) => reached[kind]);
  };
}

/** Section 11, checking: `change.impossible`. */
function impossibleFaults({ plan, before, rows, placed }) {
  const now = statedOf(plan);
  const moved = rows.filter(({ change, id }) => change === "trainee_moved" && placed.has(id)).map(({ id }) => placed.get(id));
  const found = [...(before.change?.impossible ?? []), ...moved].filter(({ trainee_id }) => now.has(trainee_id));
  const keysOf = ({ trainee_id, site_id, date, half }) => [trainee_id, site_id, date, half];
  const entryOf = ({ trainee_id, site_id, date, half }) => ({ trainee_id, site_id, date, half });
  const named = new Map(found.map((one) => [keysOf(one).join("\u0000"), entryOf(one)]));
  const due = sortedBy([...named.values()], keysOf);
  return canonical(due) === canonical(plan.change.impossible) ? [] : ["impossible"];
}

/** What stands twice in a list. */
function twice(texts) {
  const seen = new Set();
  return texts.filter((text) => seen.has(text) || !seen.add(text));
}

/** What stands in one of two lists only. */
function inOne(some, others) {
  const [left, right] = [new Set(some), new Set(others)];
  return [...some.filter((one) => !right.has(one)), ...others.filter((one) => !left.has(one))];
}

/** A row of duties.csv or substitutes.csv as in the plan of a change: `room` and `order` are numbers. */
function numbered(row) {
  const valueOf = (name, text) => (name === "room" || name === "order" ? Number(text) : text);
  return Object.fromEntries(Object.entries(row).map(([name, text]) => [name, valueOf(name, text)]));
}

/** Everybody in the plan of a change, by id: item, part, and what is kept. */
function membersOf({ groups, sessions }) {
  const memberOf = ({ item, part, cells, kept }, id, at) => {
    if (!kept) return { id, item, part };
    const { site_id, date, half } = sessions[cells[0].session];
    const isWhole = cells.length === 1 && cells[0].chance === "1";
    const exception = cells[0].exceptions.join(";");
    return { id, item, part, kept: { site_id, date, half, ...kept[at], exception, isWhole } };
  };
  return new Map(groups.flatMap((group) => group.trainees.map((id, at) => [id, memberOf(group, id, at)])));
}

/** Section 11, checking: ids of who is neither kept as in the parent nor touched with what was. */
function wronglyTold({ lost_seats, other_exceptions }, { placed, registered }, now, touched) {
  const beforeOf = (listed) => new Map(listed.map(({ trainee_id, before }) => [trainee_id, before]));
  const [lost, other] = [beforeOf(lost_seats), beforeOf(other_exceptions)];
  const sameBefore = (before, row) =>
    before !== null && PLACE.every((name) => before[name] === row[name]) && before.exceptions.join(";") === row.exception;
  const isRight = (id) => {
    const [row, told, person] = [placed.get(id), touched.get(id), now.get(id)];
    const kept = person?.kept;
    const isKeptSomehow = Boolean(kept) || lost.has(id) || other.has(id);
    if (!row) return !isKeptSomehow && (!told || told.before === null);
    if (told) return !isKeptSomehow && sameBefore(told.before, row);
    const due = lost.has(id) ? { ...row, room: "", seat: "" } : row;
    const hasSame = (one, other, names) => names.every((name) => one[name] === other[name]);
    const isKept =
      kept?.isWhole && hasSame(kept, due, [...PLACE, "chance", "site_chance"]) && hasSame(person, registered.get(id), ["item", "part"]);
    const hasBefore = [lost, other].every((listed) => !listed.has(id) || sameBefore(listed.get(id), row));
    return isKept && hasBefore && (kept.exception !== row.exception) === other.has(id);
  };
  const everybody = new Set([...placed.keys(), ...now.keys(), ...touched.keys(), ...lost.keys(), ...other.keys()]);
  return [...everybody].filter((id) => !isRight(id));
}

/** Section 11, seats: ids of the kept whose seat is gone. */
function lostSeats({ seating }, { seating: earlier }, { placed }, now) {
  if (!seating) return [];
  const stated = new Map(seating.rooms.map(({ site_id, rooms }) => [site_id, rooms]));
  const [needed, had] = [seating.accessible, earlier?.accessible ?? []].map((ids) => new Set(ids));
  const isGone = ({ trainee_id: id, site_id, room, seat }) => {
    const { seats, accessible } = roomOf(seating, stated.get(site_id) ?? [], Number(room));
    return Number(seat) > seats || (needed.has(id) && !had.has(id) && Number(seat) > accessible);
  };
  const kept = [...placed.values()].filter(({ trainee_id, room }) => now.get(trainee_id)?.kept && room !== "");
  return kept.filter(isGone).map(({ trainee_id }) => trainee_id);
}

/** Section 11, checking: ids of who had no place and is in no group, without having withdrawn. */
function wronglyDropped({ unplaced }, now, table) {
  return [...unplaced].filter((id) => !now.has(id) && !isNamed(table, "trainee_withdrawn", id));
}

/** Section 11, checking: whether the table of changes names somebody, or has the facts corrected. */
function isNamed(table, kind, id) {
  return table.some((row) => row.change === "facts" || (row.change === kind && row.id === id));
}

/** Section 11, checking: the touched whose kind does not hold. */
function withoutGround({ change, sessions }, { placed, unplaced }, table) {
  const nameOf = ({ site_id, date, half }) => [site_id, date, half].join("\u0000");
  const isHeld = (one) => sessions.some((session) => nameOf(session) === nameOf(one));
  const grounds = {
    withdrawn: (id) => isNamed(table, "trainee_withdrawn", id) && placed.has(id),
    moved: (id) => isNamed(table, "trainee_moved", id) && placed.has(id),
    facts: () => table.some((row) => row.change === "facts"),
    gone: (id, before) => before !== null && !isHeld(before),
    rule: (id) => placed.has(id),
    clash: (id) => placed.has(id),
    limit: (id) => placed.has(id),
    waiting: (id) => unplaced.has(id),
    added: (id) => isNamed(table, "trainee_added", id) && !placed.has(id) && !unplaced.has(id),
  };
  return change.touched.filter(({ trainee_id, kind, before }) => !grounds[kind]?.(trainee_id, before));
}

/** Section 11, leaving: the key of the tickets of a change drawn at once (1), and of one that was announced (2). */
function leaveKey(form, ...fixed) {
  return sha256(`zhengkao/leave/${form}`, ZERO, ...fixed.map((hex) => Buffer.from(hex, "hex")));
}

/** Section 11, leaving, repeated: ids of who should have left or stayed and did not. */
function wronglyLeft({ change, sessions, sites }, { code, reveal }, { placed, seed }, now, touched) {
  const key = reveal ? leaveKey(2, code, seed) : leaveKey(1, code, change.parent, change.changes_digest);
  const numberOf = new Map(sessions.map(({ site_id, date, half }, number) => [`${site_id} ${date} ${half}`, number]));
  const limits = new Map();
  for (const { site_id, day_limit } of sites) if (day_limit !== null) limits.set(site_id, day_limit);
  const places = new Map(change.places.map((one) => [`${one.session} ${one.item}`, one.places]));
  const [staying, busy] = [new Map(), new Set()];
  const count = (name) => staying.get(name) ?? 0;
  const asked = [...placed.keys()].filter((id) => ["clash", "limit", undefined].includes(touched.get(id)?.kind));
  return byTicket(asked, "zhengkao/leave/1", key, (id) => id).filter((id) => {
    const { site_id, date, half } = placed.get(id);
    const session = numberOf.get(`${site_id} ${date} ${half}`);
    const person = now.get(id);
    if (session === undefined || !person) return true;
    const times = change.clashes.flatMap((ids, at) => (ids.includes(id) ? [`${at} ${date} ${half}`] : []));
    const [seats, day, item] = [`seats ${session}`, `day ${date} ${site_id}`, `item ${session} ${person.item}`];
    const isFull =
      count(seats) >= sessions[session].seats ||
      (limits.has(site_id) && count(day) >= limits.get(site_id)) ||
      (person.part !== "theory" && count(item) >= (places.get(`${session} ${person.item}`) ?? 0));
    const due = times.some((time) => busy.has(time)) ? "clash" : isFull ? "limit" : undefined;
    if (due === undefined) {
      for (const time of times) busy.add(time);
      for (const name of person.part === "theory" ? [seats, day] : [seats, day, item]) staying.set(name, count(name) + 1);
    }
    return due !== touched.get(id)?.kind;
  });
}

/** Whether a folder of a vectors file is equal in everything. */
function isRepeated(files) {
  isQuiet = true;
  try {
    return repeatFolder(inMemory(files));
  } catch {
    return false; // what cannot be read is not equal
  } finally {
    isQuiet = false;
  }
}

/** Repeat a vectors file, where CSV files stand without byte order mark. @returns {boolean} */
function repeatVectors(path) {
  const drawn = ({ plan, seed, files }) =>
    ownDigest(plan) === plan.digest && canonical(draw(plan, seed).files) === canonical(files);
  const valued = ({ typed, form }) => publicValue(typed) === form;
  const written = ({ form, value, fits }) => isWrittenAs(value, form) === fits;
  const committed = ({ number, code, commitment: published }) => commitment(number, code) === published;
  const seeded = ({ announcement, secret, public_value, seed }) =>
    ownDigest(announcement) === announcement.digest && seedOf(announcement, secret, public_value) === seed;
  const changed = ({ announcement, code, public_value, seed, seed_before, leave_ticket_of, leave_ticket }) => {
    const key = leaveKey(2, code, seed_before);
    const ticket = sha256("zhengkao/leave/1", ZERO, key, ZERO, leave_ticket_of).toString("hex");
    const isWhole = ownDigest(announcement) === announcement.digest;
    return isWhole && changeSeedOf(announcement, code, public_value) === seed && ticket === leave_ticket;
  };
  const content = parseJson(readFileSync(path, "utf8"));
  const folderOf = ({ files, of }) => (of === undefined ? files : { ...content.folders[of].files, ...files });
  const { public_values = [], forms = [], commitments = [], seeds = [], changes = [], draws = [], folders = [] } = Array.isArray(content) ? { draws: content } : content;
  const outcomes = [
    ...public_values.map(valued), ...forms.map(written), ...commitments.map(committed), ...seeds.map(seeded),
    ...changes.map(changed), ...draws.map(drawn), ...folders.map((one) => isRepeated(folderOf(one)) === one.good),
  ];
  console.log(`样例 ${outcomes.length} 个，一致 ${outcomes.filter(Boolean).length} 个`);
  outcomes.forEach((equal, at) => equal || console.log(`不同：第 ${at + 1} 个`));
  return outcomes.length > 0 && outcomes.every(Boolean);
}

/** Say why something cannot be read; what this program demands is said already. */
function reasonOf(error) {
  if (error.code === "ENOENT") return `没有这个文件：${error.path}`;
  if (error instanceof SyntaxError || error.code === "ERR_ENCODING_INVALID_ENCODED_DATA") return "文件不是 UTF-8 编码的 JSON";
  if (error.code) return `${error.path ?? "文件"}：系统错误 ${error.code}`;
  return error instanceof TypeError ? `文件的内容不像规格所写（${error.message}）` : error.message;
}

/** Say what no program can see, so that a person looks: that all is equal proves no more than it does. */
function sayForPeople(folder) {
  const { change_number: number } = readJson(join(folder, "draw.json"));
  const told = aboutTheSeed(number === undefined ? folder : join(folder, "chain", "0"));
  if (number !== undefined) {
    told.push(`第 1 至 ${number} 次变更所写的事是否属实；变更表和计划是否先公布、后拆封备用码或产生公开数值；同一个备用码有没有用于另一次变更，请与公布过的全部变更对照`);
  }
  told.push(`网页（${PAGES.join("、")}）只核对了摘要，没有与结果逐项比较：以 assignments.csv 等表为准`);
  console.log(["程序看不出，请人核对：", ...told.map((one) => `· ${one}。`)].join("\n"));
}

/** The same of the seed of a first draw. @returns {string[]} */
function aboutTheSeed(folder) {
  const { reveal, seed_origin: origin } = readJson(join(folder, "draw.json"));
  if (reveal === undefined) return [`种子是怎样来的：记录只写着“${origin}”，没有事先的承诺，不能证明没有人挑选过种子`];
  const { public_source: source, public_moment: moment, digest } = readJson(join(folder, "announcement.json"));
  return [
    `公开数值“${reveal.public_value}”是不是“${source}”在 ${moment} 真正公布的数值，请向来源查对`,
    `这份公告是不是在那个时刻之前就已公布，请与当时保存的公告摘要对照：${digest}`,
    "时间取自抽签所用的电脑；密封码在公开之前有没有泄露，看不出来",
  ];
}

function readJson(path) {
  return parseJson(readFileSync(path, "utf8"));
}

const [first, second] = process.argv.slice(2);
try {
  if (!first || (first === "--vectors" && !second)) throw new Error("没有写文件夹，或 --vectors 后没有写文件");
  const equal = first === "--vectors" ? repeatVectors(second) : repeatFolder(onDisk(first));
  console.log(equal ? "重做抽签，结果完全相同。" : "重做抽签，结果不同。");
  if (equal && first !== "--vectors") sayForPeople(first);
  process.exitCode = equal ? 0 : 1;
} catch (error) {
  console.error(`读不了：${reasonOf(error)}`);
  process.exitCode = 2;
}
