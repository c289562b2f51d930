using DataExchange.DemoRegion.Hosting;
using DataExchange.DemoRegion.Population;

namespace DataExchange.DemoRegion.Departments;

/// <summary>A department that holds registers. Everything of it lies in one folder, named like the member.</summary>
internal abstract class Department(string member)
{
    /// <summary>Every one that there is.</summary>
    public static readonly IReadOnlyList<Department> All =
    [
        new PublicSecurity.PublicSecurityBureau(),
        new CivilAffairs.CivilAffairsBureau(),
        new HumanResources.HumanResourcesBureau(),
        new NaturalResources.NaturalResourcesBureau(),
        new MarketRegulation.MarketRegulationBureau(),
        new Education.EducationBureau(),
    ];

    /// <summary>Member code.</summary>
    public string Member => member;

    /// <summary>Writes the registers into the department's folder, which is empty.</summary>
    public abstract void Write(string folder, People people);

    /// <summary>Starts the department's adapter over what <see cref="Write"/> wrote, and whatever that needs to run.</summary>
    public abstract Task<RunningDepartment> StartAsync(string folder, AdapterGuest guest, CancellationToken cancellationToken);

    /// <summary>The settings of its adapter: <c>adapter.json</c> beside the department's class.</summary>
    protected Stream AdapterSettings() => GetType().Assembly.GetManifestResourceStream(GetType(), "adapter.json")
        ?? throw new InvalidOperationException($"{Member} has no adapter.json.");
}
