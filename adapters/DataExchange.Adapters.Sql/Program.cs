using DataExchange.Adapters.Hosting;
using DataExchange.Adapters.Sql;

return await AdapterProgram.RunAsync(args, SqlSettings.Read, static (settings, _) => new SqlSource(settings));
