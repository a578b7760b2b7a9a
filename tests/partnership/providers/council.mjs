// A council's OpenID Connect provider, for tests: the certified oidc-provider, with people whom the tests name.
// node council.mjs '{"port": 4001, "clients": [...], "people": {...}, "keys": {...}}'; ready when it prints "ready".
// One page stands in for log-in and consent: it takes the name of a person and asks nothing more.
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import path from 'node:path'

const settings = JSON.parse(process.argv[2])
const require = createRequire(path.join(settings.tools, 'package.json'))
const { default: Provider } = await import(pathToFileURL(require.resolve('oidc-provider')).href)

const people = settings.people
const provider = new Provider(`http://localhost:${settings.port}`, {
  clients: settings.clients,
  jwks: settings.keys,
  cookies: { keys: ['known to everybody, used by tests alone'] },
  claims: { openid: ['sub', 'amr'], profile: ['name', 'preferred_username'], email: ['email', 'email_verified'], groups: ['groups'] },
  scopes: ['openid', 'profile', 'email', 'groups'],
  conformIdTokenClaims: settings.userinfo === true,
  pkce: { required: () => true },
  features: {
    devInteractions: { enabled: false },
    rpInitiatedLogout: {
      enabled: true,
      logoutSource: async (ctx, form) => { ctx.body = `<!doctype html><title>Sign out</title>${form}<button form="op.logoutForm" name="logout" value="yes">Sign out</button>` }
    }
  },
  ttl: { AccessToken: 600, IdToken: 600, Session: 3600, Interaction: 600, Grant: 3600 },
  findAccount: (ctx, id) => people[id] && {
    accountId: id,
    claims: async () => ({ sub: id, ...people[id] })
  },
  interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` }
})

provider.use(async (ctx, next) => {
  const found = /^\/interaction\/([\w-]+)$/.exec(ctx.path)
  if (ctx.path === '/set-people' && ctx.method === 'POST') {
    for (const name of Object.keys(people)) delete people[name]
    Object.assign(people, JSON.parse(await body(ctx.req)))
    ctx.status = 204
  } else if (!found) {
    await next()
  } else if (ctx.method === 'GET') {
    ctx.type = 'html'
    ctx.body = '<!doctype html><html lang="en"><title>A council’s sign-on</title><h1>A council’s sign-on</h1>' +
      '<form method="post"><label>Name <input name="person"></label><button>Sign in</button></form>'
  } else {
    const person = new URLSearchParams(await body(ctx.req)).get('person')
    if (person === 'nobody') {
      await provider.interactionFinished(ctx.req, ctx.res, { error: 'access_denied' })
      ctx.respond = false
      return
    }
    const { params, session } = await provider.interactionDetails(ctx.req, ctx.res)
    const grant = new provider.Grant({ accountId: person, clientId: params.client_id })
    grant.addOIDCScope(params.scope)
    const consent = { grantId: await grant.save() }
    const login = { accountId: person, amr: people[person]?.methods ?? ['pwd'] }
    await provider.interactionFinished(ctx.req, ctx.res, { login, consent }, { mergeWithLastSubmission: false })
    ctx.respond = false
  }
})

async function body (request) {
  let text = ''
  for await (const part of request) text += part
  return text
}

provider.listen(settings.port, '127.0.0.1', () => console.log('ready'))
process.stdin.resume()
process.stdin.on('end', () => process.exit(0)) // Whoever started it has ended.
