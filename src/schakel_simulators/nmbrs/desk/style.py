"""The look of the page: its own few lines, light and dark, nothing from outside."""

STYLE = """
:root{--ink:#1d2433;--soft:#566074;--line:#dfe3ea;--card:#fff;--ground:#f4f6f9;--brand:#5b3a8e;
--good:#14684a;--good-ground:#e2f4ec;--bad:#9b2226;--bad-ground:#fbe6e6}
@media(prefers-color-scheme:dark){:root{--ink:#e8ebf2;--soft:#a9b2c3;--line:#333b4b;--card:#1c2230;
--ground:#12161f;--brand:#b79ae6;--good:#86d9b5;--good-ground:#16372b;--bad:#f3a6a8;--bad-ground:#451c1f}}
*{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--ink);
font:16px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif}
header{background:var(--card);border-bottom:3px solid var(--brand);padding:1.25rem 0}
main,header>div{max-width:72rem;margin:0 auto;padding:0 1.25rem}main{padding-bottom:4rem}
h1{font-size:1.5rem;margin:0}h2{font-size:1.15rem;margin:2.25rem 0 .75rem}h3{font-size:1rem;margin:1.25rem 0 .5rem}
p{margin:.25rem 0;color:var(--soft)}a{color:var(--brand)}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(17rem,1fr));gap:.75rem}
section,details,.scroll,.told,form.row{background:var(--card);border:1px solid var(--line);border-radius:.5rem}
section{padding:.75rem 1rem}section ul{margin:.25rem 0;padding-left:1.25rem}
section h3{margin:0}details{margin:.5rem 0}summary{cursor:pointer;padding:.6rem 1rem}
.told{padding:.75rem 1rem;margin-top:1.5rem}.told ul{margin:.25rem 0 0;padding-left:1.25rem}
form{display:grid;grid-template-columns:repeat(auto-fill,minmax(13rem,1fr));gap:.75rem;padding:.5rem 1rem 1rem;
align-items:end}form.row{padding-top:.75rem}
fieldset{grid-column:1/-1;display:grid;grid-template-columns:repeat(auto-fill,minmax(13rem,1fr));gap:.75rem;
border:1px solid var(--line);border-radius:.4rem;min-width:0}
label{display:block;font-size:.9rem}small{color:var(--soft)}
input,select{display:block;width:100%;min-height:2.4rem;font:inherit;padding:.4rem .5rem;margin-top:.15rem;
color:inherit;background:var(--ground);border:1px solid var(--soft);border-radius:.35rem}
button{font:inherit;font-weight:600;padding:.45rem 1rem;border:0;border-radius:.35rem;background:var(--brand);
color:var(--card);cursor:pointer;justify-self:start}
:focus-visible{outline:3px solid var(--brand);outline-offset:2px}
.scroll{overflow-x:auto;padding:.25rem 1rem;margin:.5rem 0}
table{border-collapse:collapse;width:100%;font-size:.925rem}
th,td{text-align:left;padding:.4rem .75rem .4rem 0;border-bottom:1px solid var(--line);vertical-align:top}
tr:last-child>*{border-bottom:0}th{color:var(--soft);font-weight:600}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.mark{border-radius:1rem;padding:.1rem .6rem;font-size:.85rem;white-space:nowrap}
.good{color:var(--good);background:var(--good-ground)}.bad{color:var(--bad);background:var(--bad-ground)}
"""
