// Light or dark, before anything is painted: what the viewer chose here, else what the system says, also when that changes.
(() => {
    const key = "daprmoe-theme";
    const system = matchMedia("(prefers-color-scheme: dark)");
    const chosen = () => {
        try { return localStorage.getItem(key); } catch { return null; }
    };
    const apply = () => {
        document.documentElement.dataset.theme = chosen() ?? (system.matches ? "dark" : "light");
    };
    const toggle = () => {
        const next = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
        try {
            // The system's own is followed again, not pinned.
            if (next === (system.matches ? "dark" : "light")) { localStorage.removeItem(key); } else { localStorage.setItem(key, next); }
        } catch { /* Without storage the choice lasts as long as the page. */ }
        document.documentElement.dataset.theme = next;
    };
    system.addEventListener("change", apply);
    document.addEventListener("click", event => {
        if (event.target instanceof Element && event.target.closest("[data-theme-toggle]")) { toggle(); }
    });
    apply();
})();
