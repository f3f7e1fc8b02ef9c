// Reads a calendar by two libraries, ical.js (Thunderbird's) and node-ical, and prints of each what is held between two moments:
// [name, start in UTC], sorted.
import ICAL from 'ical.js';
import nodeIcal from 'node-ical';

const [address, from, until] = process.argv.slice(2);
const text = await (await fetch(address)).text();
const [begin, end] = [new Date(from), new Date(until)];
const written = (moment) => moment.toISOString().replace('.000Z', 'Z');

function byIcalJs() {
  const found = [];
  const calendar = new ICAL.Component(ICAL.parse(text));
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
  for (const component of calendar.getAllSubcomponents('vevent')) {
    const event = new ICAL.Event(component);
    const once = [event.startDate];
    const times = event.isRecurring() ? event.iterator() : { next: () => once.shift() };
    for (let time = times.next(); time && time.toJSDate() < end; time = times.next()) {
      if (time.toJSDate() >= begin) found.push([event.summary, written(time.toJSDate())]);
    }
  }
  return found;
}

function byNodeIcal() {
  const events = Object.values(nodeIcal.sync.parseICS(text)).filter((event) => event.type === 'VEVENT');
  return events.flatMap((event) => {
    const options = { from: begin, to: end, includeOverrides: true, excludeExdates: true, expandOngoing: false };
    return nodeIcal.expandRecurringEvent(event, options).map((one) => [event.summary, written(new Date(one.start))]);
  });
}

console.log(JSON.stringify([byIcalJs().sort(), byNodeIcal().sort()]));
