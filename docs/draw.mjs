/**
 * A second implementation of the draw, written from draw-specification.md alone: it shares no code with the program
 * that drew, and needs nothing but Node 20. "Section" in a comment means a section of that page.
 *
 *   node draw.mjs FOLDER           repeat the draw of a folder that holds plan.json, draw.json, the CSV files that
 *                                  draw.json names, and, where the draw was announced, announcement.json
 *   node draw.mjs --vectors FILE   repeat a vectors file: draw-vectors.json or seed-vectors.json
 *
 * Exit code: 0 everything is equal, 1 something differs, 2 the input cannot be read.
 */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const HEADERS = {
  "assignments.csv": "trainee_id,site_id,date,half,room,seat,group,place,exception,chance,site_chance",
  "unassigned.csv": "trainee_id,reason",
  "duties.csv": "staff_id,role,site_id,date,half,room",
  "substitutes.csv": "site_id,date,half,role,order,staff_id",
  "vacancies.csv": "role,site_id,date,half,room,reason",
};
const ROLES = ["invigilator", "examiner", "patrol"]; // in the order of files and of naming substitutes
const STAFFING = { invigilator: "invigilators_per_room", examiner: "examiners_per_item", patrol: "patrols_per_site" };
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
  const flow = buildFlow(plan);
  roundFlow(flow, unit, diceOf("zhengkao/round/1", key));
  const people = [];
  let arc = 0;
  for (const { group, item, part, trainees, cells, unplaced, reason, institution, class: classes } of plan.groups) {
    const whole = unit * BigInt(trainees.length);
    const total = cells.reduce((sum, { count }) => sum + count, unplaced);
    demand(total === whole, `计划不成立：${group} 各场与未安排之和不等于人数`);
    const members = trainees.map((id, at) => {
      const ofClass = Number(classes?.[at] ?? -1);
      // A person without a class has a class of their own: the id, which is no number.
      return { id, item, part, institution: Number(institution?.[at] ?? -1), class: ofClass < 0 ? id : ofClass };
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
        people.push({ ...queue[next], session: Number(session), ending: [exceptions.join(";"), chance, siteChance] });
      }
    }
    for (; next < queue.length; next++) people.push({ ...queue[next], session: null, reason });
  }
  return people;
}

/** Section 7: a CSV file without its byte order mark. */
function csvFile(name, rows) {
  const quoted = (field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field);
  return [HEADERS[name], ...rows.map((row) => row.map(quoted).join(",")), ""].join("\r\n");
}

/** Sections 2 to 7, 9 and 10. @returns the files' texts by name, without byte order mark, and `seating` of draw.json */
function draw(plan, seed) {
  demand(/^[0-9a-fA-F]{64}$/.test(seed), "种子不是 64 位十六进制数");
  const key = sha256(Buffer.from(plan.digest, "hex"), Buffer.from(seed, "hex"));
  const people = sortedBy(drawPeople(plan, key), ({ id }) => [id]);
  const held = plan.sessions.map((session) => ({ ...session, people: [], rooms: [], groups: [] }));
  for (const person of people) if (person.session !== null) held[person.session].people.push(person);
  const seating = plan.seating ? seatEverybody(plan.seating, key, held) : undefined;
  const rowOf = ({ id, session, room = "", seat = "", group = "", place = "", ending }) => {
    const { site_id, date, half } = held[session];
    return [id, site_id, date, half, room, seat, group, place, ...ending];
  };
  const assigned = people.filter(({ session }) => session !== null).map(rowOf);
  const unassigned = people.filter(({ session }) => session === null).map(({ id, reason }) => [id, reason]);
  const rows = { "assignments.csv": assigned, "unassigned.csv": unassigned };
  if (plan.staff?.length) Object.assign(rows, drawDuties(plan, key, held));
  const files = Object.fromEntries(Object.entries(rows).map(([name, lines]) => [name, csvFile(name, lines)]));
  return { files, seating };
}

/** Section 9: give everybody room, seat, group and place. @returns `seating` of draw.json */
function seatEverybody(seating, key, held) {
  const accessible = new Set(seating.accessible);
  const stated = new Map(seating.rooms.map(({ site_id, rooms }) => [site_id, rooms]));
  const [scores, all] = [[0, 0, 0], []];
  for (const session of held) {
    const people = byTicket(session.people, "zhengkao/seat/1", key, ({ id }) => id);
    const sitters = people.filter(({ part }) => part !== "practical");
    const rooms = openRooms(seating, stated.get(session.site_id) ?? [], sitters.length);
    addUp(scores, seatSitters(rooms, sitters, accessible));
    for (const room of rooms) room.seated.forEach((person, at) => Object.assign(person, { room: room.number, seat: at + 1 }));
    session.rooms = rooms.map(({ seated }) => seated);
    session.groups = groupsOf(people);
    all.push(...rooms);
  }
  const [institution_neighbours, class_neighbours, item_neighbours] = scores;
  const without = ({ seated, accessible: seats }) => seated.filter(({ id }, at) => accessible.has(id) && at >= seats).length;
  const without_accessible_seat = all.reduce((sum, room) => sum + without(room), 0);
  return { rooms: all.length, institution_neighbours, class_neighbours, item_neighbours, without_accessible_seat };
}

/** Add one list of numbers to another, number by number. */
function addUp(sums, numbers) {
  numbers.forEach((number, at) => { sums[at] += number; });
}

/** Section 9, rooms: those used for so many people, in order, with their sizes. */
function openRooms({ room_size, columns }, stated, people) {
  demand(room_size > 0n && columns > 0n, "计划不成立：room_size、columns");
  const rooms = [];
  for (let seats = 0; seats < people; seats += rooms.at(-1).seats) {
    const room = stated[rooms.length] ?? { seats: room_size, columns, accessible: room_size };
    const [seatsOf, inRow, first] = [room.seats, room.columns, room.accessible].map(Number);
    rooms.push({ number: rooms.length + 1, seats: seatsOf, columns: inRow, accessible: first });
  }
  let left = people;
  for (const [at, room] of sortedBy(rooms, ({ seats, number }) => [seats, -number]).entries()) {
    room.size = Math.min(room.seats, Math.floor(left / (rooms.length - at)));
    left -= room.size;
  }
  return rooms;
}

/** Section 9, accessible seats to not worse than chance: fill each room's `seated`. @returns the sum of the scores */
function seatSitters(rooms, sitters, accessible) {
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
  if (byEach(plain, best) >= 0) return best;
  for (const room of rooms) room.seated = room.plain;
  return plain;
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
  const roomOf = new Map(turns.sort(byEach).map(([, number], at) => [sorted[at], number]));
  for (const room of rooms) room.dealt = [];
  for (const person of others) rooms[roomOf.get(person) - 1].dealt.push(person);
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

/** Section 9, order in a room: the three numbers of a score. */
function scoreOf({ columns }, seated) {
  const score = [0, 0, 0];
  const add = (one, other) => addUp(score, ["institution", "class", "item"].map((name) => Number(one[name] === other[name])));
  for (const [seat, person] of seated.entries()) {
    if ((seat + 1) % columns && seat + 1 < seated.length) add(person, seated[seat + 1]);
    if (seat + columns < seated.length) add(person, seated[seat + columns]);
  }
  return score;
}

/** Section 9, groups and places, of a session's people by ticket. */
function groupsOf(people) {
  const working = people.filter(({ part }) => part !== "theory");
  const items = [...new Set(working.map(({ item }) => item))].sort(byCodePoint);
  return items.map((item, number) => {
    const members = ["practical", "both"].flatMap((due) => working.filter((one) => one.item === item && one.part === due));
    members.forEach((person, at) => Object.assign(person, { group: number + 1, place: at + 1 }));
    return { item, people: members };
  });
}

/** Section 10: the rows of the three files about duties. */
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
  fill(persons, posts);
  level(persons, posts);
  grantWishes(persons, posts, plan);
  const named = nameSubstitutes(sessions, persons, needed, Number(plan.rules.staffing.substitutes), rules, key);
  const place = ({ session, role }) => [session.site_id, session.date, session.half, ROLES.indexOf(role)];
  const roomText = ({ role, room }) => (role === "patrol" ? "" : String(room));
  const duties = posts.flatMap((post) =>
    post.holders.map((person) => ({ post, staff: entryFor(person, post).staff_id })),
  );
  const lacking = posts.flatMap((post) => Array.from({ length: lack(post) }, () => post));
  return {
    "duties.csv": sortedBy(duties, ({ post, staff }) => [...place(post), post.room, staff]).map(({ post, staff }) => {
      const { site_id, date, half } = post.session;
      return [staff, post.role, site_id, date, half, roomText(post)];
    }),
    "substitutes.csv": sortedBy(named, (one) => [...place(one), one.order]).map(({ session, role, order, staff }) => {
      return [session.site_id, session.date, session.half, role, String(order), staff];
    }),
    "vacancies.csv": sortedBy(lacking, (post) => [...place(post), post.room]).map((post) => {
      const { site_id, date, half } = post.session;
      return [post.role, site_id, date, half, roomText(post), vacancyReason(post, persons, rules)];
    }),
  };
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
      return { session, role, room, item, people, time: session.time, needed: needed(role), holders: [] };
    };
    return [
      ...session.rooms.map((people, at) => post("invigilator", at + 1, null, people)),
      ...session.groups.map(({ item, people }, at) => post("examiner", at + 1, item, people)),
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
  return entriesFor(person, post).find(({ licence_to }) => licence_to === null || licence_to >= post.session.date);
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
  const hasRoom = ({ load, most }) => load < most;
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

/** Section 10, substitutes: who is named, in the order in which they are. */
function nameSubstitutes(sessions, persons, needed, wanted, rules, key) {
  const [named, listed, busy] = [[], new Map(), new Map()];
  for (const session of sortedBy(sessions, ({ date, half, site_id }) => [date, half, site_id])) {
    const { time, date, half } = session;
    if (!listed.has(time)) {
      const free = persons.filter(({ at, load, most }) => !at[time] && load < most);
      const textOf = ({ name }) => `${date} ${half} ${name}`;
      listed.set(time, byTicket(free, "zhengkao/substitute/1", key, textOf, ({ name }) => name));
      busy.set(time, new Set()); // who is named for anything at this time
    }
    const items = { invigilator: [null], examiner: session.groups.map(({ item }) => item), patrol: [null] };
    const exists = { invigilator: session.rooms.length, examiner: session.groups.length, patrol: 1 };
    for (const role of ROLES.filter((one) => exists[one] && needed(one) > 0)) {
      const here = new Set();
      for (const item of items[role]) {
        const post = { ...session, session, role, item };
        const fit = listed.get(time).filter((person) => !rules.against(person, post));
        const missing = Math.max(0, wanted - fit.filter((person) => here.has(person)).length);
        const fresh = fit.filter((person) => !busy.get(time).has(person));
        const again = fit.filter((person) => busy.get(time).has(person) && !here.has(person));
        for (const person of [...fresh, ...again].slice(0, missing)) {
          here.add(person);
          busy.get(time).add(person);
          named.push({ session, role, order: here.size, staff: entryFor(person, post).staff_id });
        }
      }
    }
  }
  return named;
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
  const present = Object.keys(HEADERS).filter((name) => existsSync(join(folder, name)));
  const announced = existsSync(join(folder, "announcement.json"));
  if (!report("plan.json 的摘要", ownDigest(plan), plan.digest)) return false; // such a plan is not drawn
  const { files, seating } = draw(plan, record.seed);
  const due = Object.entries(files).map(([name, text]) => [name, Buffer.from(BYTE_ORDER_MARK + text)]);
  const digests = Object.fromEntries(due.map(([name, bytes]) => [name, sha256(bytes).toString("hex")]));
  const checks = [
    report("draw.json 中的计划摘要", plan.digest, record.plan_digest),
    report("有哪些 CSV 文件", Object.keys(files).join("、"), present.join("、")),
    ...due.map(([name, bytes]) => reportFile(name, bytes, bytesOf(name))),
    ...due.map(([name]) => report(`draw.json 中 ${name} 的摘要`, digests[name], record.files[name])),
    report("draw.json 中的结果摘要", sha256(canonical(digests)).toString("hex"), record.result_digest),
    report("draw.json 中的座位数字", canonical(seating ?? null), canonical(record.seating ?? null)),
    report("draw.json 的摘要", ownDigest(record), record.digest),
    report("按公告抽签", announced, Boolean(record.reveal)),
  ];
  if (record.reveal) checks.push(...revealChecks(jsonOf("announcement.json"), plan, record));
  return checks.every(Boolean);
}

/** Repeat a vectors file, where CSV files stand without byte order mark. @returns {boolean} */
function repeatVectors(path) {
  const drawn = ({ plan, seed, files }) =>
    ownDigest(plan) === plan.digest && canonical(draw(plan, seed).files) === canonical(files);
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
