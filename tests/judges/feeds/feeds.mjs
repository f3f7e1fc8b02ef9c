// OpenActive's validator reads each feed from its beginning to its last page; then what a follower does: it goes on where it was.
import { createRequire } from 'node:module';
import { address, assert, judge } from '../report.mjs';

const { RpdeValidator } = createRequire(import.meta.url)('@openactive/rpde-validator');
const service = address();

for (const path of ['/feeds/places', '/feeds/activities', '/changes']) {
  await judge(`rpde-validator: ${path}`, async () => {
    const log = await RpdeValidator(`${service}${path}`, { requestDelayMs: 0, pageLimit: 40 });
    const pages = log.pages;
    assert.ok(pages.length >= 2, `${pages.length} pages`);
    // It suggests beside that a vocabulary for sport, which our data is not about.
    const said = pages.flatMap(({ errors }) => errors).filter(({ data }) => data.severity !== 'suggestion');
    // It does not know the last page before it has read it; that 8 seconds are of that alone is held below.
    const isOfLast = ({ data }) => /except the last page .*max-age=8"/.test(data.message);
    assert.deepEqual([...new Set(said.filter((one) => !isOfLast(one)).map(({ data }) => data.message))], []);
  });
}

await judge('a feed holds everything once, in order, and ends where it goes on', async () => {
  const ids = new Set();
  let next = `${service}/changes`;
  let last;
  for (;;) {
    const response = await fetch(next);
    const page = await response.json();
    if (page.items.length === 0) {
      assert.equal(page.next, next);
      assert.match(response.headers.get('cache-control'), /max-age=8$/);
      break;
    }
    assert.match(response.headers.get('cache-control'), /max-age=3600$/);
    for (const { id, modified } of page.items) {
      assert.ok(!ids.has(id), id);
      ids.add(id);
      assert.ok(!last || modified > last.modified || (modified === last.modified && id > last.id), `${id} after ${last?.id}`);
      last = { id, modified };
    }
    next = page.next;
  }
  const query = '{all:places(includeUnknown:true){totalCount}}';
  const { data } = await (await fetch(`${service}/graphql?query=${encodeURIComponent(query)}`)).json();
  const places = [...ids].filter((id) => id.startsWith('place:')).length;
  assert.ok(places >= data.all.totalCount, `${places} of ${data.all.totalCount}`);
});
