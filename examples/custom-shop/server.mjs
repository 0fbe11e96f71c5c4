import { createServer } from 'node:http';

// Stands in for shop software: answers the health path that the config names, and greets everybody else.
const server = createServer((request, response) => {
  const healthy = request.url === '/health';
  response.writeHead(healthy ? 200 : 404, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(healthy ? 'ok\n' : 'Nothing for sale yet.\n');
});

server.listen(Number(process.env.PORT ?? 3000), () => console.log(server.address().port));
process.on('SIGTERM', () => server.close());
