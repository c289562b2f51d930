using DataExchange.DemoRegion.Departments;
using DataExchange.DemoRegion.Legacy;
using DataExchange.DemoRegion.Population;

namespace DataExchange.DemoRegion.Education;

/// <summary>Has had its service for years.</summary>
internal sealed class EducationBureau() : LegacyDepartment("education")
{
    protected override IEnumerable<LegacyDocument> Documents(People people) => DegreeRegister.Create(people);
}
