using DataExchange.Adapters.Hosting;
using DataExchange.Adapters.Rest;

return await AdapterProgram.RunAsync(args, RestSettings.Read, static (settings, context) => new RestSource(settings, context));
