// Shows the row of whoever types an id; all of it is on this page, nothing is sent. Without this the tables stand as they are.
(function () {
  var form = document.getElementById("find"), found = document.getElementById("found");
  function plain(text) { return text.normalize("NFKC").trim().toUpperCase(); }
  function add(parent, name, text) {
    var one = document.createElement(name);
    one.textContent = text;
    return parent.appendChild(one);
  }
  function show(row) {
    var table = row.closest("table"), session = table.previousElementSibling.previousElementSibling;
    var shown = add(found, "table", "");
    function line(name, text) {
      var made = add(shown, "tr", "");
      add(made, "th", name);
      add(made, "td", text);
    }
    if (session.id && table.id !== "without") { line("考试时间、考点", session.textContent); }
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (head, at) {
      var text = row.cells[at].textContent;
      if (text) { line(head.textContent, text); }
    });
  }
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var own = plain(document.getElementById("own").value), hits = 0;
    found.textContent = "";
    document.querySelectorAll(".people tbody tr, #without tbody tr").forEach(function (row) {
      if (plain(row.cells[0].textContent) === own) { show(row); hits += 1; }
    });
    if (!hits) { add(found, "p", "本页没有这个编号，请对照准考证或报名材料核对；仍没有的请问考试机构。"); }
  });
  form.hidden = false;
})();
