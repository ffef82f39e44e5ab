// Names of decision makers within a sentence, with the article that the language puts before what an office is called.

/** What offices are called in English, in the words their names begin with. */
const english =
  /^(?:U\.S\. |US )?(?:House|Senate|Joint|Select|Committee|Subcommittee|Commission|Office|Ministry|Department|Embassy|Consulate|Government|Parliament|Presidency|Municipality)\b/;

const masculine =
  /^(?:Comité|Subcomité|Ministerio|Departamento|Despacho|Consulado|Gobierno|Congreso|Senado|Parlamento|Consejo|Municipio)(?!\p{L})/u;
const feminine =
  /^(?:Comisión|Subcomisión|Oficina|Embajada|Cámara|Presidencia|Secretaría|Defensoría|Fiscalía|Municipalidad|Asamblea)(?!\p{L})/u;

/** «to the House Committee on …», «al Comité de …»: whom something is handed to; a person has no article. */
export function handedTo(name: string, language: 'en' | 'es'): string {
  if (language === 'en') return english.test(name) ? `the ${name}` : name;
  if (masculine.test(name)) return `al ${name}`;
  return feminine.test(name) ? `a la ${name}` : `a ${name}`;
}
