// Loads the page again every ten seconds while somebody looks at it, and shows what changed.
(function () {
  "use strict";
  var USUAL = 10000;
  var LONGEST = 120000;
  var pause = USUAL;
  var timer = 0;
  var asking = false;
  var lastAnswer = document.getElementById("as-of").textContent;

  function say(text) {
    var line = document.getElementById("live");
    if (line.textContent !== text) {
      line.textContent = text;
    }
  }

  // What changes with every answer although nothing has happened.
  function still(main) {
    var copy = main.cloneNode(true);
    copy.querySelectorAll("#as-of").forEach(function (part) { part.textContent = ""; });
    copy.querySelectorAll("details").forEach(function (part) { part.removeAttribute("open"); });
    return copy.innerHTML;
  }

  function links(main) {
    return Array.prototype.slice.call(main.querySelectorAll("a[href], summary, [tabindex]"));
  }

  function key(element) {
    return element.tagName + "|" + (element.id || element.getAttribute("href") ||
        (element.parentNode && element.parentNode.id) || "");
  }

  function show(answer) {
    var main = document.querySelector("main");
    var fresh = answer.querySelector("main");
    var before = document.getElementById("as-of");
    var after = answer.getElementById("as-of");
    if (!fresh || !after) {
      return false;
    }
    lastAnswer = after.textContent;
    if (still(main) === still(fresh)) {
      before.textContent = after.textContent;
      return true;
    }
    var open = Array.prototype.map.call(main.querySelectorAll("details[open]"), function (part) {
      return part.id;
    });
    var focused = main.contains(document.activeElement) ? key(document.activeElement) : "";
    var x = window.scrollX;
    var y = window.scrollY;
    fresh = document.importNode(fresh, true);
    main.replaceWith(fresh);
    open.forEach(function (id) {
      var part = id && document.getElementById(id);
      if (part) {
        part.open = true;
      }
    });
    document.title = answer.title;
    document.body.className = answer.body.className;
    if (focused) {
      var again = links(fresh).find(function (element) { return key(element) === focused; });
      if (again) {
        again.focus({ preventScroll: true });
      }
    }
    window.scrollTo(x, y);
    return true;
  }

  function silent(why) {
    pause = Math.min(LONGEST, pause * 2);
    say(why + " since " + lastAnswer + ": what is shown is of then. It is asked again from time to time.");
  }

  function ask() {
    if (asking || document.hidden) {
      return;
    }
    asking = true;
    var patience = new AbortController();
    var limit = setTimeout(function () { patience.abort(); }, 30000);
    fetch(location.pathname + location.search, {
      credentials: "same-origin", cache: "no-store", signal: patience.signal
    }).then(function (response) {
      return response.text().then(function (text) {
        if (!response.ok) {
          silent("The worker does not show this page any more (" + response.status + ")");
        } else if (show(new DOMParser().parseFromString(text, "text/html"))) {
          pause = USUAL;
          say("Live: loaded again every 10 seconds while this page is looked at.");
        } else {
          silent("Something else than the worker answers");
        }
      });
    }).catch(function () {
      silent("No answer");
    }).finally(function () {
      clearTimeout(limit);
      asking = false;
      later();
    });
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(ask, pause);
  }

  document.addEventListener("visibilitychange", function () {
    if (!document.hidden) {
      clearTimeout(timer);
      ask();
    }
  });
  say("Live: loaded again every 10 seconds while this page is looked at.");
  later();
}());
