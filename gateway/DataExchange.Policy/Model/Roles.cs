namespace DataExchange.Policy.Model;

/// <summary>The values of a token's <c>roles</c> claim that mean something here.</summary>
public static class Roles
{
    /// <summary>A department's own system; no person behind it.</summary>
    public const string DepartmentSystem = "department-system";

    /// <summary>A clerk at a one-stop desk.</summary>
    public const string DeskClerk = "desk-clerk";

    /// <summary>Looks after a department's catalogue and agreements.</summary>
    public const string Steward = "steward";

    /// <summary>Reviews decisions and uses of data.</summary>
    public const string Reviewer = "reviewer";

    /// <summary>A person, about their own records.</summary>
    public const string Citizen = "citizen";

    /// <summary>Runs the gateway.</summary>
    public const string Operator = "operator";
}
