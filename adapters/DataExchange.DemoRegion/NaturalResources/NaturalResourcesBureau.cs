using DataExchange.DemoRegion.Departments;
using DataExchange.DemoRegion.Population;
using DataExchange.DemoRegion.Stores;

namespace DataExchange.DemoRegion.NaturalResources;

/// <summary>Drops files in GB 18030 whose last line counts the rows.</summary>
internal sealed class NaturalResourcesBureau() : DroppingDepartment("natural-resources", CsvDrop.Gb18030, trailer: "合计")
{
    protected override Table Register(People people) => PropertyRegister.Create(people);
}
