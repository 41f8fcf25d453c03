// Comes back to where somebody wanted to go as soon as the panel answers; moves nothing and takes no focus until then.
setInterval(async () => {
  const answer = await fetch(location.href, { cache: "no-store" }).catch(() => null);
  if (answer && answer.status !== 503) location.replace(location.href);
}, 2000);
