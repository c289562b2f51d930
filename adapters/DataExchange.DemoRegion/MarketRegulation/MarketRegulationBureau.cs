using DataExchange.DemoRegion.Departments;
using DataExchange.DemoRegion.Population;
using DataExchange.DemoRegion.Stores;

namespace DataExchange.DemoRegion.MarketRegulation;

/// <summary>Drops files in UTF-8.</summary>
internal sealed class MarketRegulationBureau() : DroppingDepartment("market-regulation", CsvDrop.Utf8)
{
    protected override Table Register(People people) => EnterpriseRegister.Create(people);
}
