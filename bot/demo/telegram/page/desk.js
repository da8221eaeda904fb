// The way to the server: one long poll for all that happens, one post for all that is done.
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export async function get(path) {
  const response = await fetch(path, { cache: "no-store" });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

export async function post(path, body) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}

// Calls `heard(events, fresh)` for ever; `fresh` says that what was known before is void.
export async function follow(heard, lost) {
  let seq = 0;
  let epoch = null;
  let failures = 0;
  for (;;) {
    try {
      const events = await get(`/person/events?after=${seq}&wait=${epoch === null ? 0 : 20}`);
      failures = 0;
      if (epoch !== null && epoch !== events.epoch && seq !== 0) {
        seq = 0;
        epoch = null;
        continue;
      }
      heard(events, epoch === null);
      ({ seq, epoch } = events);
    } catch (error) {
      lost(error);
      failures += 1;
      await pause(Math.min(500 * failures, 4000));
    }
  }
}
