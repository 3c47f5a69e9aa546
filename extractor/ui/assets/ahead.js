// The desk that an Enter leads to, kept until it is pressed; the picture of its page is fetched meanwhile.
export default function ({ data }) {
  window.solieuAhead = data.ahead;
  const page = data.ahead?.source.page;
  if (page) new Image().src = page.url;
}
