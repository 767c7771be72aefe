// Serves S3 on a free port of the loopback address until the standard input ends; prints the port.
// Arguments: the folder of the objects, and the buckets to make.
import S3rver from 's3rver';

const [directory, ...buckets] = process.argv.slice(2);
const server = new S3rver({
  address: '127.0.0.1',
  port: 0,
  silent: true,
  directory,
  configureBuckets: buckets.map(name => ({ name, configs: [] })),
});
const { port } = await server.run();
console.log(port);
process.stdin.resume().on('end', () => process.exit(0));
