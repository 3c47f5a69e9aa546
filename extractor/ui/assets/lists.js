// What the fields of every card offer, kept where the card finds it.
export default function ({ data }) {
  window.solieuLists = data.lists;
}
