using DataExchange.DemoRegion.Departments;
using DataExchange.DemoRegion.Legacy;
using DataExchange.DemoRegion.Population;

namespace DataExchange.DemoRegion.CivilAffairs;

/// <summary>Has had its service for years.</summary>
internal sealed class CivilAffairsBureau() : LegacyDepartment("civil-affairs")
{
    protected override IEnumerable<LegacyDocument> Documents(People people) => MarriageRegister.Create(people);
}
