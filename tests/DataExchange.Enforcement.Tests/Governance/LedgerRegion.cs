using DataExchange.Enforcement.Governance;
using DataExchange.Enforcement.Subjects;
using DataExchange.Enforcement.Tests.Support;
using DataExchange.Policy.Consents;
using DataExchange.Storage;
using DataExchange.TransparencyLog;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using static DataExchange.Enforcement.Tests.Support.TestRegion;

namespace DataExchange.Enforcement.Tests.Governance;

/// <summary>A ledger over the real stores, logs and vault, in a folder that outlives its host. Only the appends to the governance log can be broken.</summary>
internal sealed class LedgerRegion : IAsyncDisposable
{
    private IHost? _host;

    public string Folder { get; } = Directory.CreateTempSubdirectory("ledger-").FullName;

    /// <summary>Changes what the next start is made of.</summary>
    public Action<IServiceCollection>? Configure { get; set; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 6, 15, 8, 0, 0, TimeSpan.Zero));

    public GovernanceLedger Ledger => Get<GovernanceLedger>();

    public FaultyLog Log => (FaultyLog)Get<RegionLogs>().Governance;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A started region that is founded.</summary>
    public static async Task<LedgerRegion> FoundedAsync()
    {
        var region = new LedgerRegion();
        await region.StartAsync();
        await region.Ledger.FoundAsync(Founding(), Cancellation);
        return region;
    }

    /// <summary>Starts, or starts again on the same folder.</summary>
    public async Task StartAsync()
    {
        await StopAsync();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services
            .AddSingleton<TimeProvider>(Time)
            .AddSqliteStorage(o => o.DataFolder = Folder)
            .AddTransparencyLogs(o => (o.Region, o.KeyFolder) = (Name, Folder))
            .AddSubjectVault(o => o.DataFolder = Folder)
            .AddGovernance();
        var logs = builder.Services.Last(service => service.ServiceType == typeof(RegionLogs));
        builder.Services.AddSingleton(provider =>
        {
            var real = (RegionLogs)logs.ImplementationFactory!(provider);
            return real with { Governance = new FaultyLog(real.Governance) };
        });
        Configure?.Invoke(builder.Services);
        var host = builder.Build();
        try
        {
            await host.StartAsync(Cancellation);
            _host = host;
        }
        finally
        {
            if (_host is null)
            {
                host.Dispose(); // One that did not start cannot be stopped.
            }
        }
    }

    public T Get<T>() where T : notnull => _host!.Services.GetRequiredService<T>();

    public ValueTask<Subject> ResolveAsync(Contracts.Records.SubjectRef person) => Get<SubjectVault>().ResolveAsync(person, Cancellation);

    public ValueTask<CommandResult> RequestAsync(Subject subject) => Ledger.ExecuteAsync(RequestFor(subject), subject, Cancellation);

    public RequestConsent RequestFor(Subject subject) => new()
    {
        By = HousingSystem,
        Subject = subject.Handle,
        Recipient = Housing,
        Notice = PhoneNotice,
        Language = "en",
        Purpose = Rental,
        Dataset = Residence,
        Fields = ["phone"],
        Kind = ConsentKind.General,
        ValidTo = Time.GetUtcNow().AddYears(1),
    };

    public ValueTask<CommandResult> DecideAsync(Subject subject, string id, ConsentDecision decision) =>
        Ledger.ExecuteAsync(new DecideConsent { By = Self(subject.Handle), Subject = subject.Handle, Id = id, Decision = decision }, subject, Cancellation);

    public async Task<List<StoredEntry>> EntriesAsync() => await Log.ReadAsync(0, Log.Latest.Size, Cancellation).ToListAsync(Cancellation);

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(Folder, recursive: true);
    }

    public async Task StopAsync()
    {
        if (_host is not null)
        {
            await _host.StopAsync(Cancellation);
            _host.Dispose();
            _host = null;
        }
    }
}
