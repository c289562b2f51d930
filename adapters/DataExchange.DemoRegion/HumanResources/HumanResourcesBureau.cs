using DataExchange.DemoRegion.Departments;
using DataExchange.DemoRegion.Population;
using DataExchange.DemoRegion.Stores;

namespace DataExchange.DemoRegion.HumanResources;

/// <summary>Keeps its register in a database.</summary>
internal sealed class HumanResourcesBureau() : RelationalDepartment("human-resources")
{
    protected override Table[] Registers(People people) => [InsuranceRegister.Create(people)];
}
