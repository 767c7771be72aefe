// Checks a CloudFormation template against the specification that AWS publishes (@aws-cdk/aws-service-spec): sections, resource types, properties,
// required ones, kinds of values, and that everything that is referred to exists. Prints one fault a line; the exit code is 1 when there are any.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { loadAwsServiceSpecSync } from '@aws-cdk/aws-service-spec';
import { parse } from 'yaml';

const sections = ['AWSTemplateFormatVersion', 'Conditions', 'Description', 'Mappings', 'Metadata', 'Outputs', 'Parameters', 'Resources', 'Rules'];
const attributes = ['Condition', 'CreationPolicy', 'DeletionPolicy', 'DependsOn', 'Metadata', 'Properties', 'Type', 'UpdatePolicy', 'UpdateReplacePolicy'];
const pseudo = ['AccountId', 'NoValue', 'NotificationARNs', 'Partition', 'Region', 'StackId', 'StackName', 'URLSuffix'].map(name => `AWS::${name}`);

// What `aws cloudformation package` uploads: a path in the template as it is written, an object when it is deployed.
const uploaded = { 'AWS::Lambda::Function': 'Code', 'AWS::StepFunctions::StateMachine': 'DefinitionS3Location' };

const tags = ['And', 'Equals', 'FindInMap', 'GetAtt', 'If', 'Join', 'Not', 'Or', 'Select', 'Split', 'Sub'].map(name => ({ tag: `!${name}`, key: `Fn::${name}` }))
  .concat([{ tag: '!Ref', key: 'Ref' }, { tag: '!Condition', key: 'Condition' }])
  .flatMap(({ tag, key }) => [
    { tag, resolve: text => ({ [key]: key === 'Fn::GetAtt' ? text.split('.') : text }) },
    { tag, collection: 'seq', resolve: items => ({ [key]: items.toJSON() }) },
  ]);

const [path] = process.argv.slice(2);
const template = parse(readFileSync(path, 'utf8'), { customTags: tags });
const spec = loadAwsServiceSpecSync();
const faults = [];
const used = new Set();
const fault = (where, what) => faults.push(`${where}: ${what}`);
const resourceSpec = type => spec.lookup('resource', 'cloudFormationType', 'equals', type)[0];

for (const name of Object.keys(template).filter(name => !sections.includes(name))) {
  fault(name, `is not a section of a template`);
}

for (const [name, condition] of Object.entries(template.Conditions ?? {})) {
  references(condition, `Conditions.${name}`);
}

for (const [name, resource] of Object.entries(template.Resources ?? {})) {
  checkResource(name, resource, `Resources.${name}`);
}

for (const [name, output] of Object.entries(template.Outputs ?? {})) {
  references(output, `Outputs.${name}`);
}

for (const name of Object.keys(template.Parameters ?? {}).filter(name => !used.has(name))) {
  fault(`Parameters.${name}`, 'is not used');
}

if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exit(1);
}

console.log(`${Object.keys(template.Resources).length} resources`);

function checkResource(name, resource, where) {
  Object.keys(resource).filter(key => !attributes.includes(key)).forEach(key => fault(where, `'${key}' is not an attribute of a resource`));
  const known = resourceSpec(resource.Type);
  if (!known) {
    fault(where, `there is no resource type ${resource.Type}`);
    return;
  }

  const properties = { ...(resource.Properties ?? {}) };
  const file = properties[uploaded[resource.Type]];
  if (typeof file === 'string') {
    delete properties[uploaded[resource.Type]];
    if (file.endsWith('.json') && !existsSync(join(dirname(path), file))) {
      fault(where, `there is no file ${file}`);
    }
  }

  checkProperties(properties, known.properties, `${where}.Properties`, typeof file === 'string' ? [uploaded[resource.Type]] : []);
  references({ ...resource, Properties: properties }, where);
}

function checkProperties(values, known, where, given) {
  for (const [name, value] of Object.entries(values)) {
    known[name] ? checkValue(value, known[name].type, `${where}.${name}`) : fault(where, `there is no property ${name}`);
  }

  Object.keys(known).filter(name => known[name].required && !(name in values) && !given.includes(name)).forEach(name => fault(where, `the property ${name} is missing`));
}

function checkValue(value, type, where) {
  if (isIntrinsic(value)) {
    // What it stands for is known when the stack is made.
    (value['Fn::If'] ?? []).slice(1).forEach(branch => checkValue(branch, type, where));
    return;
  }

  if (type.type === 'union') {
    const before = faults.length;
    const fits = type.types.some(one => {
      const start = faults.length;
      checkValue(value, one, where);
      const isGood = faults.length === start;
      faults.length = isGood ? before : faults.length;
      return isGood;
    });
    faults.length = fits ? before : before + 1;
    return;
  }

  const is = typeof value;
  const bad = expected => fault(where, `expected ${expected}, found ${JSON.stringify(value)}`);
  switch (type.type) {
    case 'string': return is === 'object' ? bad('a text') : undefined;
    case 'number': return Number.isNaN(Number(value)) || is === 'object' ? bad('a number') : undefined;
    case 'integer': return Number.isInteger(Number(value)) && is !== 'object' ? undefined : bad('a whole number');
    case 'boolean': return [true, false, 'true', 'false'].includes(value) ? undefined : bad('true or false');
    case 'json': return is === 'object' || is === 'string' ? undefined : bad('an object');
    case 'array': return Array.isArray(value) ? value.forEach((item, i) => checkValue(item, type.element, `${where}[${i}]`)) : bad('a list');
    case 'map': return is === 'object' && !Array.isArray(value) ? Object.entries(value).forEach(([key, item]) => checkValue(item, type.element, `${where}.${key}`)) : bad('an object');
    case 'ref': return is === 'object' && !Array.isArray(value) ? checkProperties(value, spec.get('typeDefinition', type.reference.$ref).properties, where, []) : bad('an object');
  }
}

function isIntrinsic(value) {
  const keys = value && typeof value === 'object' && !Array.isArray(value) ? Object.keys(value) : [];
  return keys.length === 1 && (keys[0] === 'Ref' || keys[0].startsWith('Fn::'));
}

function references(value, where) {
  if (Array.isArray(value)) {
    value.forEach(item => references(item, where));
  } else if (value && typeof value === 'object') {
    for (const [key, inner] of Object.entries(value)) {
      switch (key) {
        case 'Ref': name(inner, where); break;
        case 'Fn::GetAtt': attribute(inner[0], inner.slice(1).join('.'), where); break;
        case 'Fn::Sub': substitutions(Array.isArray(inner) ? inner[0] : inner, where); break;
        case 'Fn::If': condition(inner[0], where); break;
        case 'Fn::FindInMap': find(inner, where); break;
        case 'Condition': typeof inner === 'string' && condition(inner, where); break;
      }

      references(inner, where);
    }
  }
}

function name(of, where) {
  used.add(of);
  if (!(template.Parameters ?? {})[of] && !(template.Resources ?? {})[of] && !pseudo.includes(of)) {
    fault(where, `there is no parameter or resource ${of}`);
  }
}

function attribute(of, what, where) {
  const resource = (template.Resources ?? {})[of];
  const known = resource && resourceSpec(resource.Type);
  if (!resource) {
    fault(where, `there is no resource ${of}`);
  } else if (known && !(what in (known.attributes ?? {})) && !(what in known.properties)) {
    fault(where, `${resource.Type} has no attribute ${what}`);
  }
}

function substitutions(text, where) {
  for (const [, of] of text.matchAll(/\$\{([^!}][^}]*)\}/g)) {
    const [first, ...rest] = of.split('.');
    rest.length > 0 ? attribute(first, rest.join('.'), where) : name(of, where);
  }
}

function condition(of, where) {
  if (!(template.Conditions ?? {})[of]) {
    fault(where, `there is no condition ${of}`);
  }
}

function find([map, , second], where) {
  const rows = (template.Mappings ?? {})[map];
  if (!rows) {
    fault(where, `there is no mapping ${map}`);
  } else if (typeof second === 'string') {
    Object.keys(rows).filter(row => !(second in rows[row])).forEach(row => fault(where, `the mapping ${map} has no ${second} for ${row}`));
  }
}
