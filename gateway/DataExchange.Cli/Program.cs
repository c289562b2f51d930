using DataExchange.Cli;
using DataExchange.Cli.Output;

return await Dx.RunAsync(args, DxConsole.System());
