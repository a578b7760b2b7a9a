// Pretends to be a council's OpenID Connect provider and says whatever the test wants, with a key of its own.
// node hostile.mjs '{"port": 4001}'; POST /say {"id_token": …, "keys": …, "issuer": …, "userinfo": …} sets what is said next.
import { createServer } from 'node:http'

const { port } = JSON.parse(process.argv[2])
const own = `http://localhost:${port}`
let says = {}
let asked = {}

const server = createServer(async (request, response) => {
  let text = ''
  for await (const part of request) text += part
  const address = new URL(request.url, own)
  const answer = (value, status = 200) => {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify(value))
  }
  if (address.pathname === '/say') {
    says = JSON.parse(text)
    answer({})
  } else if (address.pathname === '/asked') {
    answer(asked)
  } else if (address.pathname === '/.well-known/openid-configuration') {
    answer({
      issuer: says.issuer ?? own,
      authorization_endpoint: `${own}/authorize`,
      token_endpoint: says.token_endpoint ?? `${own}/token`,
      jwks_uri: `${own}/keys`,
      userinfo_endpoint: `${own}/userinfo`,
      ...(says.configuration ?? {})
    }, says.configuration_status ?? 200)
  } else if (address.pathname === '/token') {
    asked = Object.fromEntries(new URLSearchParams(text))
    answer({ access_token: 'an-access-token', token_type: 'Bearer', ...(says.id_token ? { id_token: says.id_token } : {}) })
  } else if (address.pathname === '/keys') {
    answer(says.keys ?? { keys: [] })
  } else if (address.pathname === '/userinfo') {
    answer(says.userinfo ?? {})
  } else {
    answer({ error: 'not here' }, 404)
  }
})
server.listen(port, '127.0.0.1', () => console.log('ready'))
process.stdin.resume()
process.stdin.on('end', () => process.exit(0))
