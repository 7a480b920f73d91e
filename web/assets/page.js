// SPDX-License-Identifier: Apache-2.0
// What the pages gain with scripts: suggestions while typing, and pictures that move. Text from the graph only
// ever becomes text (textContent), never markup; the content security policy enforces it.
"use strict";
(() => {
    const make = (name, attributes = {}, words = "") => {
        const element = document.createElement(name);
        for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
        element.textContent = words;
        return element;
    };

    // Combobox with a list box (WAI-ARIA authoring practices 1.2).
    const suggest = (input) => {
        const list = make("ul", { class: "suggest", role: "listbox", id: "suggestions", "aria-label": "Suggestions" });
        list.hidden = true;
        input.form.append(list);
        for (const [key, value] of Object.entries({
            role: "combobox", "aria-expanded": "false", "aria-controls": "suggestions", "aria-autocomplete": "list",
        })) input.setAttribute(key, value);
        let chosen = -1;
        let timer = 0;
        let request = null;

        const close = () => {
            list.hidden = true;
            chosen = -1;
            input.setAttribute("aria-expanded", "false");
            input.removeAttribute("aria-activedescendant");
        };
        const choose = (index) => {
            const options = [...list.children];
            chosen = (index + options.length + 1) % (options.length + 1);
            options.forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
            if (chosen < options.length) {
                input.setAttribute("aria-activedescendant", options[chosen].id);
                options[chosen].scrollIntoView({ block: "nearest" });
            } else {
                chosen = -1;
                input.removeAttribute("aria-activedescendant");
            }
        };
        const option = (path, type, words, note) => {
            const item = make("li", { role: "option", id: "suggestion-" + list.children.length, "aria-selected": "false" });
            if (type) item.append(make("i", { class: "mark t-" + type, "aria-hidden": "true" }));
            item.append(make("bdi", {}, words), make("span", { class: "quiet" }, note));
            item.addEventListener("mousedown", (event) => event.preventDefault());
            item.addEventListener("click", () => { location.href = path; });
            item.dataset.path = path;
            list.append(item);
        };
        const ask = async () => {
            const text = input.value.trim();
            request?.abort();
            if (!text) return close();
            request = new AbortController();
            try {
                const answer = await fetch("/api/v1/search?limit=8&q=" + encodeURIComponent(text.slice(0, 60)),
                    { signal: request.signal });
                if (!answer.ok) return close();
                const found = await answer.json();
                list.replaceChildren();
                for (const entity of found.entities)
                    option(entity.path, entity.type, entity.name,
                        entity.alias ? "also " + entity.alias : entity.kind + " · " + entity.facts);
                for (const relation of found.relations.slice(0, 3)) option(relation.path, "", relation.label, "relation");
                if (!list.children.length || document.activeElement !== input) return close();
                list.hidden = false;
                chosen = -1;
                input.setAttribute("aria-expanded", "true");
            } catch (error) {
                if (error.name !== "AbortError") close();
            }
        };
        input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 60); });
        input.addEventListener("blur", close);
        input.addEventListener("keydown", (event) => {
            if (list.hidden) return;
            if (event.key === "ArrowDown") choose(chosen + 1);
            else if (event.key === "ArrowUp") choose(chosen < 0 ? list.children.length - 1 : chosen - 1);
            else if (event.key === "Escape") close();
            else if (event.key === "Enter" && chosen >= 0) location.href = list.children[chosen].dataset.path;
            else return;
            event.preventDefault();
        });
    };

    // Pan, zoom and light for a drawn graph. Without scripts the picture and its links work all the same.
    const picture = (svg) => {
        const canvas = svg.parentElement;
        const whole = { x: 0, y: 0, w: svg.viewBox.baseVal.width, h: svg.viewBox.baseVal.height };
        let view = { ...whole };
        const show = () => svg.setAttribute("viewBox", [view.x, view.y, view.w, view.h].map((v) => v.toFixed(1)).join(" "));
        const zoom = (factor, at = { x: view.x + view.w / 2, y: view.y + view.h / 2 }) => {
            const w = Math.min(whole.w * 2, Math.max(whole.w / 12, view.w * factor));
            const scale = w / view.w;
            view = { x: at.x - (at.x - view.x) * scale, y: at.y - (at.y - view.y) * scale, w, h: view.h * scale };
            show();
        };
        const move = (dx, dy) => { view.x += dx * view.w; view.y += dy * view.h; show(); };
        const fit = () => { view = { ...whole }; show(); };
        const place = (event) => {
            const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
            return { x: point.x, y: point.y };
        };

        const light = (node) => {
            svg.classList.toggle("lit", node !== null);
            for (const element of svg.querySelectorAll(".on")) element.classList.remove("on");
            if (node === null) return;
            const near = new Set([node]);
            for (const element of svg.querySelectorAll("[data-a]")) {
                const { a, b } = element.dataset;
                if (a !== node && b !== node) continue;
                element.classList.add("on");
                near.add(a).add(b);
            }
            for (const element of svg.querySelectorAll("[data-n]"))
                if (near.has(element.dataset.n)) element.classList.add("on");
        };
        for (const node of svg.querySelectorAll("[data-n]")) {
            for (const name of ["pointerenter", "focus"]) node.addEventListener(name, () => light(node.dataset.n));
            for (const name of ["pointerleave", "blur"]) node.addEventListener(name, () => light(null));
        }
        if (canvas.classList.contains("small")) return;

        const tools = make("div", { class: "tools" });
        for (const [sign, words, act] of [["+", "Zoom in", () => zoom(0.75)], ["−", "Zoom out", () => zoom(1 / 0.75)],
            ["⤢", "Show everything", fit]]) {
            const button = make("button", { type: "button", "aria-label": words, title: words }, sign);
            button.addEventListener("click", act);
            tools.append(button);
        }
        canvas.append(tools);
        // The wheel zooms with Ctrl or when the picture has the focus; otherwise the page scrolls.
        canvas.addEventListener("wheel", (event) => {
            if (!event.ctrlKey && document.activeElement !== canvas) return;
            event.preventDefault();
            zoom(event.deltaY > 0 ? 1.15 : 1 / 1.15, place(event));
        }, { passive: false });
        let drag = null;
        let dragged = false;
        svg.addEventListener("pointerdown", (event) => {
            if (event.button !== 0 || event.pointerType === "touch") return;
            drag = place(event);
            dragged = false;
        });
        svg.addEventListener("dragstart", (event) => event.preventDefault());
        window.addEventListener("pointermove", (event) => {
            if (!drag) return;
            const now = place(event);
            if (!dragged && Math.hypot(now.x - drag.x, now.y - drag.y) < 4) return;
            dragged = true;
            svg.classList.add("moving");
            view.x -= now.x - drag.x;
            view.y -= now.y - drag.y;
            show();
        });
        window.addEventListener("pointerup", () => { drag = null; svg.classList.remove("moving"); });
        svg.addEventListener("click", (event) => { if (dragged) { event.preventDefault(); dragged = false; } }, true);
        canvas.addEventListener("keydown", (event) => {
            if (event.ctrlKey || event.metaKey || event.altKey) return;
            const moves = { ArrowLeft: [-0.1, 0], ArrowRight: [0.1, 0], ArrowUp: [0, -0.1], ArrowDown: [0, 0.1] };
            if (moves[event.key] && event.target === canvas) move(...moves[event.key]);
            else if (event.key === "+" || event.key === "=") zoom(0.75);
            else if (event.key === "-") zoom(1 / 0.75);
            else if (event.key === "0") fit();
            else return;
            event.preventDefault();
        });
    };

    const search = document.querySelector("[data-suggest]");
    if (search) suggest(search);
    for (const svg of document.querySelectorAll("[data-picture]")) picture(svg);
    document.addEventListener("keydown", (event) => {
        const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
        if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        search?.focus();
        search?.select();
    });
})();
