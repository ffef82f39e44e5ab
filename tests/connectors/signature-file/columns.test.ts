import { describe, expect, it } from 'vitest';
import { shapeOf } from '../../../src/connectors/signature-file/index.js';
import { bytesOf, failureOf, readAll, rowsOf } from './support.js';

const fieldsOf = async (header: string) =>
  (await shapeOf(bytesOf(header))).columns.map(({ field }) => field ?? '-').join(' ');

describe('headers', () => {
  it.each([
    ['Name,E-mail,Organisation,Country,Comments,Date signed', 'name email organization country comment date'],
    ['NOMBRE COMPLETO;Correo electrónico;Entidad;País;Mensaje', 'name email organization country comment'],
    ['Nombres,Apellidos,Correo,Pais de residencia', 'firstName lastName email country'],
    ['First name,Surname,Email Address,Country of residence', 'firstName lastName email country'],
    ['Nombre,Apellidos,Firmado el', 'firstName lastName date'],
    ['nombre,apellido paterno,apellido materno', 'firstName lastName lastName'],
    ['first_name,middle_name,last_name', 'firstName firstName lastName'],
    ['Nombre,Nombre completo,Apellidos', 'firstName name lastName'],
    ['Name,First name,Last name', 'name firstName lastName'],
    ['tipo,nombre,¿Por qué firmas?', 'kind name comment'],
    ['Marca temporal,Dirección de correo electrónico,Nombre y apellidos', 'date email name'],
    ['Timestamp,Your name,May we publish your name?', 'date name consent'],
    ['Nombre,¿Podemos publicar tu nombre?,Organización (opcional)', 'name consent organization'],
    // What says it better wins, wherever it stands.
    ['created_at,name,date', '- name date'],
    ['created_at,name', 'date name'],
    ['country_es,name,country', '- name country'],
    ['country_en,country_es,name', 'country - name'],
    // A header that comes again counts where it stands first.
    ['name,email,Email,NAME', 'name email - -'],
    ['nombre,apellidos,segundo apellido,segundo apellido', 'firstName lastName lastName -'],
    ['ñandú,name,', '- name -'],
    [
      'uuid,email,first_name,last_name,zip_code,can2_phone,can2_user_address,can2_user_city,can2_user_state,' +
        'can2_user_tags,can2_subscription_status,can2_sms_status,County',
      '- email firstName lastName - - - - - - - - -',
    ],
    [
      'kind,name,organization,country,country_en,country_es,date,comment,consent,source,email',
      'kind name organization country - - date comment consent - email',
    ],
  ])('%s', async (header, fields) => expect(await fieldsOf(`${header}\n`)).toBe(fields));

  it('keep what they say', async () => {
    const { columns } = await shapeOf(bytesOf(' Nombre ,"Your\ncomment",\u202Ex\n'));
    expect(columns.map(({ header }) => header)).toEqual(['Nombre', 'Your comment', 'x']);
  });

  it('may stand below lines that are blank', async () => {
    const { shape, rows } = await readAll(bytesOf('\n;;\n ; ;\nnombre;país;\nAna;PE;\n'));
    expect(shape.columns).toHaveLength(3);
    expect(rows).toEqual([{ line: 5, kind: 'person', name: 'Ana', country: 'PE' }]);
  });

  it('are not needed where there is one column', async () => {
    const { shape, rows } = await readAll(bytesOf('María Quispe\nLuis Mamani\n'));
    expect(shape).toMatchObject({ hasHeader: false, columns: [{ header: '', field: 'name' }] });
    expect(rows.map(({ line, name }) => [line, name])).toEqual([
      [1, 'María Quispe'],
      [2, 'Luis Mamani'],
    ]);
  });

  it.each([
    ['María,Perú\nLuis,Chile', ['María', 'Perú']],
    ['email,country\na@b.org,PE', ['email', 'country']],
    ['email\na@b.org', ['email']],
    ['uuid,zip_code,*x*', ['uuid', 'zip\\_code', '\\*x\\*']],
    [`${'h'.repeat(60)},b`, [`${'h'.repeat(39)}…`, 'b']],
    [
      Array.from({ length: 15 }, (_, n) => `h${n}`).join(','),
      [...Array.from({ length: 12 }, (_, n) => `h${n}`), '…'],
    ],
  ])('%j have nobody who signs', async (text, list) => {
    expect(await failureOf(shapeOf(bytesOf(text)))).toEqual({
      key: 'fileNoNames',
      values: { headers: { list } },
    });
  });
});

describe('who signs', () => {
  const person = { kind: 'person', name: 'María Quispe' };
  it.each([
    ['name\nMaría Quispe', person],
    ['nombre,apellidos\nMaría,Quispe', person],
    ['nombre,apellidos\nMaría Quispe,', person],
    ['apellidos,nombres\nQuispe,María', person],
    ['nombres,apellido paterno,apellido materno\nMaría,Quispe,Mamani', { name: 'María Quispe Mamani' }],
    ['name,first name,last name\nMaría Quispe,M.,Q.', person],
    ['name,first name,last name\n,María,Quispe', person],
    ['name,organization\nMaría Quispe,', person],
    ['name,organization\nMaría Quispe,n/a', person],
    ['name,organization\nMaría Quispe,Red Muqui', { ...person, organization: 'Red Muqui' }],
    ['name,organization\n,Red Muqui', { kind: 'organization', name: 'Red Muqui' }],
    ['first_name,last_name,organization\n, ,Red Muqui', { kind: 'organization', name: 'Red Muqui' }],
    ['organization\nRed Muqui', { kind: 'organization', name: 'Red Muqui' }],
    ['tipo,nombre\nOrganización,Red Muqui', { kind: 'organization', name: 'Red Muqui' }],
    ['tipo,nombre\nPersona,María Quispe', person],
    ['tipo,nombre\n???,María Quispe', person],
    // Who writes for an organization is not who signs.
    [
      'kind,name,organization\norganization,María Quispe,Red Muqui',
      { kind: 'organization', name: 'Red Muqui' },
    ],
  ])('%j', async (text, row) => {
    const rows = await rowsOf(text);
    expect(rows).toEqual([{ line: 2, country: null, ...person, ...row }]);
  });
});

it("Minga's own export reads back as it was", async () => {
  const { rows, rejected } = await readAll(
    bytesOf(
      '\uFEFFkind,name,organization,country,country_en,country_es,date,comment,consent,source,email\r\n' +
        'person,María Quispe,Red Muqui,PE,Peru,Perú,2026-05-03,"\'=1+1, sí",yes,Web,maria@example.org\r\n' +
        'organization,Cooperacción,,NO,Norway,Noruega,2026-05-04,,no,Papel,\r\n' +
        'person,Luis,,,,,,,no,Papel,\r\n',
    ),
  );
  expect(rejected).toEqual([]);
  expect(rows).toEqual([
    {
      line: 2,
      kind: 'person',
      name: 'María Quispe',
      organization: 'Red Muqui',
      country: 'PE',
      day: '2026-05-03',
      comment: '=1+1, sí',
      consent: true,
      email: 'maria@example.org',
    },
    { line: 3, kind: 'organization', name: 'Cooperacción', country: 'NO', day: '2026-05-04', consent: false },
    { line: 4, kind: 'person', name: 'Luis', country: null, consent: false },
  ]);
});
