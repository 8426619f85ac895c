/**
 * How a report for people looks: light, dark after the reader's system, and on paper, where it is light and no row or
 * chart is torn apart. Names no address, so that the file asks for nothing.
 */
export const REPORT_STYLE = `:root{color-scheme:light dark;--ground:#fff;--ink:#1b1c1e;--soft:#64676c;--line:#e2e2dd;--panel:#f7f7f5;
--sponsored:#2f6fde;--growth:#e9832b;--plain:#7b7e84;--fine:#2c7a4b;--close:#8a6100;--over:#b3261e}
@media (prefers-color-scheme:dark){:root{--ground:#17181b;--ink:#ededec;--soft:#a6a9ae;--line:#34373c;--panel:#1f2125;
--sponsored:#5b93f5;--growth:#ef9344;--plain:#8b8e94;--fine:#6dc894;--close:#e2b84f;--over:#f58b83}}
*{box-sizing:border-box}body{font:14px/1.5 system-ui,-apple-system,'Segoe UI',sans-serif;max-width:62rem;margin:0 auto;padding:2.5rem 1.5rem 4rem;
background:var(--ground);color:var(--ink);font-variant-numeric:tabular-nums}
h1{font-size:1.6rem;line-height:1.2;margin:0 0 .4rem;letter-spacing:-.01em}h2{font-size:1.1rem;margin:2.4rem 0 .7rem;break-after:avoid}
p{margin:.2rem 0}.about,.more{color:var(--soft)}a{color:inherit}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.6rem;margin:1.4rem 0 0;padding:0;list-style:none}
.cards li{padding:.7rem .9rem;border:1px solid var(--line);border-radius:8px;background:var(--panel);break-inside:avoid}
.cards span{display:block;color:var(--soft);font-size:12px;line-height:1.35}.cards strong{display:block;font-size:1.25rem}
.lights{margin:0;padding:0;list-style:none;display:grid;grid-template-columns:repeat(auto-fit,minmax(19rem,1fr));gap:.5rem 1.5rem}
.lights li{break-inside:avoid}.lights div{color:var(--soft)}
.over,.close,.fine{font-weight:600;font-size:12px}.over{color:var(--over)}.close{color:var(--close)}.fine{color:var(--fine)}
table{border-collapse:collapse;font-variant-numeric:tabular-nums}thead{display:table-header-group}tr{break-inside:avoid}
th{font-weight:500;color:var(--soft);vertical-align:bottom}th,td{padding:.28rem .8rem .28rem 0;border-bottom:1px solid var(--line);text-align:left}
td.n,th.n{text-align:right;padding:.28rem 0 .28rem .8rem}td.n,td:first-child{white-space:nowrap}th.n{min-width:5.5rem}.wide{overflow-x:auto;margin-top:.8rem}
table.facts td:first-child{color:var(--soft);padding-right:1.5rem;white-space:nowrap}code{font:12px ui-monospace,Menlo,monospace;overflow-wrap:anywhere}
figure{margin:0 0 1rem;break-inside:avoid}svg{display:block;max-width:100%;height:auto;overflow:visible}text{font-size:11px;fill:var(--ink)}
rect.sponsored,circle.sponsored,tspan.sponsored{fill:var(--sponsored)}rect.growth,tspan.growth{fill:var(--growth)}rect.plain,tspan.plain{fill:var(--plain)}
.tick{stroke:var(--ink);stroke-width:1.5}tspan.tick{stroke:none;font-weight:700}.axis{stroke:var(--line)}polyline{fill:none;stroke-width:2}
.l0{stroke:var(--sponsored)}.l1{stroke:var(--growth)}.l2{stroke:var(--plain)}.l3{stroke:var(--fine)}.l4{stroke:#6b4bd8}tspan[class^=l]{stroke-width:2}
@page{size:landscape;margin:12mm}@media print{:root{color-scheme:light;--ground:#fff;--ink:#000;--soft:#444;--line:#ccc;--panel:#fff;--sponsored:#2f6fde;--growth:#e9832b;--plain:#7b7e84;
--fine:#2c7a4b;--close:#8a6100;--over:#b3261e}body{max-width:none;padding:0;font-size:11px}.wide{overflow:visible}.wide th,.wide td,.wide th.n,.wide td.n{padding:2px 0 2px 4px;font-size:7px;min-width:0;white-space:normal}*{print-color-adjust:exact}}`;
