using DataExchange.Adapters.Files;
using DataExchange.Adapters.Hosting;

return await AdapterProgram.RunAsync(args, FilesSettings.Read, static (settings, context) => new FilesSource(settings, context));
