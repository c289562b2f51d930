using DataExchange.Witness;
using DataExchange.Witness.Hosting;
using DataExchange.Witness.Telemetry;

try
{
    var configuration = WitnessConfiguration.Load(args);
    await using var witness = await WitnessHost.StartAsync(
        WitnessConfiguration.Read(configuration),
        new WitnessHosting
        {
            OwnsProcess = true,
            Kestrel = configuration.GetSection("Kestrel"),
            Logging = logging => logging.AddConsole(configuration),
            Services = services => services.AddTelemetry(configuration),
        });
    await witness.WaitForShutdownAsync();
    return 0;
}
catch (WitnessRefusedException refusal)
{
    await Console.Error.WriteLineAsync(refusal.Message);
    return 2;
}
