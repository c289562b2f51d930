using System.Text;
using DataExchange.Adapters.Files;
using DataExchange.DemoRegion.Hosting;
using DataExchange.DemoRegion.Population;
using DataExchange.DemoRegion.Stores;

namespace DataExchange.DemoRegion.Departments;

/// <summary>A department that drops its register as a CSV file into a folder.</summary>
internal abstract class DroppingDepartment(string member, Encoding encoding, string? trailer = null) : Department(member)
{
    private const string Drop = "drop";

    protected abstract Table Register(People people);

    public override void Write(string folder, People people)
    {
        var table = Register(people);
        CsvDrop.Write(Path.Combine(folder, Drop, table.Name + ".csv"), encoding, table, trailer);
    }

    public override async Task<RunningDepartment> StartAsync(string folder, AdapterGuest guest, CancellationToken cancellationToken)
    {
        var adapter = await guest.StartAsync(
            AdapterSettings(),
            [new("Adapter:Files:Folder", Path.Combine(folder, Drop))],
            FilesSettings.Read,
            static (settings, context) => new FilesSource(settings, context),
            cancellationToken);
        return new RunningDepartment(Member, adapter.Address(), adapter);
    }
}
