using DataExchange.Adapters.Rest;
using DataExchange.DemoRegion.Chance;
using DataExchange.DemoRegion.Hosting;
using DataExchange.DemoRegion.Legacy;
using DataExchange.DemoRegion.Population;

namespace DataExchange.DemoRegion.Departments;

/// <summary>A department with a JSON service of its own, which was there before the exchange and runs beside the adapter.</summary>
internal abstract class LegacyDepartment(string member) : Department(member)
{
    private const string Store = "documents.jsonl";

    private const string KeyFile = "api-key.txt";

    protected abstract IEnumerable<LegacyDocument> Documents(People people);

    public override void Write(string folder, People people)
    {
        LegacyStore.Write(Path.Combine(folder, Store), Documents(people));
        File.WriteAllText(Path.Combine(folder, KeyFile), $"demo-{new SeededRandom(Member + "/api-key").Digits(24)}\n");
    }

    public override async Task<RunningDepartment> StartAsync(string folder, AdapterGuest guest, CancellationToken cancellationToken)
    {
        var store = await LegacyStore.OpenAsync(Path.Combine(folder, Store), cancellationToken);
        var keyFile = Path.Combine(folder, KeyFile);
        var apiKey = (await File.ReadAllTextAsync(keyFile, cancellationToken)).TrimEnd();
        var service = await LegacyService.StartAsync(store, apiKey, guest, cancellationToken);
        try
        {
            var adapter = await guest.StartAsync(
                AdapterSettings(),
                [new("Adapter:Rest:BaseAddress", service.Address().AbsoluteUri), new("Adapter:Rest:Credentials:SecretFile", keyFile)],
                RestSettings.Read,
                static (settings, context) => new RestSource(settings, context),
                cancellationToken);
            return new RunningDepartment(Member, adapter.Address(), service, adapter);
        }
        catch
        {
            await service.DisposeAsync();
            throw;
        }
    }
}
