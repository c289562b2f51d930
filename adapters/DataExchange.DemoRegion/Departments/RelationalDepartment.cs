using DataExchange.Adapters.Sql;
using DataExchange.DemoRegion.Hosting;
using DataExchange.DemoRegion.Population;
using DataExchange.DemoRegion.Stores;

namespace DataExchange.DemoRegion.Departments;

/// <summary>A department that keeps its registers in a relational database, here a SQLite file.</summary>
internal abstract class RelationalDepartment(string member) : Department(member)
{
    private const string Database = "register.db";

    protected abstract Table[] Registers(People people);

    public override void Write(string folder, People people) => SqliteRegister.Write(Path.Combine(folder, Database), Registers(people));

    public override async Task<RunningDepartment> StartAsync(string folder, AdapterGuest guest, CancellationToken cancellationToken)
    {
        var adapter = await guest.StartAsync(
            AdapterSettings(),
            [new("Adapter:Sql:ConnectionString", $"Data Source={Path.Combine(folder, Database)}")],
            SqlSettings.Read,
            static (settings, _) => new SqlSource(settings),
            cancellationToken);
        return new RunningDepartment(Member, adapter.Address(), adapter);
    }
}
