// Loads the parts of the WebAssembly that lazy routes need.
//
// A file holds several parts, one after the other: what most pages need is in one file, the rest
// comes with the page. `files`, `getSharedImports` and the table of parts are generated.

const asked = [];

// Where somebody wants to go: known only from the click until the page is there.
let next;
addEventListener("click", event => { next = event.target.closest?.("a[href]")?.href; }, true);

// Answers once it has the bytes. A connection that is away is waited for: the WebAssembly has no
// way on without its part.
async function load(name) {
    const address = new URL(name, import.meta.url);
    for (;;) {
        try {
            const answer = await fetch(address);
            if (answer.ok) return await answer.arrayBuffer();
            if (answer.status === 404) return replaced(name);
        } catch {}
        await new Promise(again => setTimeout(again, 1000));
    }
}

// The server has a newer site than this page: go where we were going, by loading that page whole.
// Once only, since a file that is missing again would have us go round for ever.
function replaced(name) {
    if (sessionStorage.getItem("replaced") === name) throw new Error(`${name} is missing`);
    sessionStorage.setItem("replaced", name);
    location.assign(next ?? location.href);
    return new Promise(() => {});
}

function file(index) {
    asked[index] ??= load(files[index]);
    asked[index].catch(() => { asked[index] = undefined; });
    return asked[index];
}

// A part stands at `[file, offset, length]`, perhaps in several files: the one on its way is best.
function part(places) {
    const [index, offset, length] = places.find(([index]) => asked[index]) ?? places[0];
    const bytes = file(index);
    return async imports =>
        WebAssembly.instantiate(new Uint8Array(await bytes, offset, length), imports);
}

// Instantiates a part after those it needs, the first time it is asked for.
function once(fetched, needed) {
    let loading;
    return () => {
        loading ??= (async () => {
            const others = needed.map(load => load());
            const instantiate = fetched();
            await Promise.all(others);
            return instantiate(getSharedImports());
        })();
        loading.catch(() => { loading = undefined; });
        return loading;
    };
}

// What the WebAssembly calls: it passes the function to call back, by its place in the table.
function entry(load) {
    return async (callback, data) => {
        const done = await load().then(() => true, error => { console.error(error); return false; });
        getSharedImports().__wasm_split.__indirect_function_table.get(callback)(data, done);
    };
}
