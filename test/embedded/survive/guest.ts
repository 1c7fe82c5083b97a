import { MongoClient } from 'mongodb'
import { findOwner } from '../../../server/store/find-owner.ts'

// A process of its own that joins the owner of a folder, as web and worker processes do.
const owner = await findOwner(process.argv[2]!)
const client = await new MongoClient(owner!.uri).connect()
await client.db().collection('guests').insertOne({ name: 'guest' })
const rows = await client.db().collection('guests').countDocuments()
process.stdout.write(`the guest has written ${rows} row\n`)
await client.close()
