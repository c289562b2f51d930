using DataExchange.DemoRegion.Departments;
using DataExchange.DemoRegion.Population;
using DataExchange.DemoRegion.Stores;

namespace DataExchange.DemoRegion.PublicSecurity;

/// <summary>Keeps two registers in one database; its adapter is configured for one of them.</summary>
internal sealed class PublicSecurityBureau() : RelationalDepartment("public-security")
{
    protected override Table[] Registers(People people) => [ResidentRegister.Create(people), SealedRecords.Create(people)];
}
